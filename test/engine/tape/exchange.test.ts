import { parquetReadObjects } from 'hyparquet'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exportTables } from '../../../src-main/engine/tape/exchange/export-tape'
import type { Source } from '../../../src-main/engine/tape/exchange/import-files'
import { lobsterSource, merged, tardisSource } from '../../../src-main/engine/tape/exchange/import-files'
import { TapeImport } from '../../../src-main/engine/tape/exchange/tape-import'
import { TapeReader } from '../../../src-main/engine/tape/tape-reader'
import { venues } from '../../../src-main/engine/venues/index'
import { capturePath, haveCapture } from '../../support/captures'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-exchange-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

async function imported(...sources: Source[]): Promise<TapeReader> {
  const place = join(folder, 'tape')
  const tape = new TapeImport(place, venues)
  for await (const item of merged(sources)) await item.put(tape)
  expect(await tape.finish()).toBe('')
  return TapeReader.open(place)
}

async function exported(tape: TapeReader, format: 'csv' | 'parquet', told = () => true) {
  const wanted = { from: tape.from, to: tape.to + 1, instruments: new Set(tape.instruments) }
  return exportTables({ tape, venues, wanted, format, out: folder, told, damaged: () => undefined })
}

const written = (name: string, text: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const book = `exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount
deribit,BTC-PERPETUAL,1585699200245000,1585699200355684,true,ask,6421.5,18640
deribit,BTC-PERPETUAL,1585699200245000,1585699200355684,true,bid,6421,1190
deribit,BTC-PERPETUAL,1585699200300000,1585699200400000,false,ask,6421.5,0
deribit,BTC-PERPETUAL,1585699200300000,1585699200400000,false,ask,6422,0.25
`
const trades = `exchange,symbol,timestamp,local_timestamp,id,side,price,amount
deribit,BTC-PERPETUAL,1585699200250000,1585699200360000,ccc3c1fa-212c,sell,6421,10
deribit,BTC-PERPETUAL,1585699200290000,1585699200390000,77,buy,6421.5,20
`

/** Nobody else's rows: one of each other kind. */
const others = {
  liquidations: `exchange,symbol,timestamp,local_timestamp,id,side,price,amount
deribit,BTC-PERPETUAL,1585699200250000,1585699200361000,l-1,buy,6421.5,40
`,
  quotes: `exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount
deribit,BTC-PERPETUAL,1585699200250000,1585699200362000,18640,6421.5,6421,1190
`,
  derivative_ticker: `exchange,symbol,timestamp,local_timestamp,funding_timestamp,funding_rate,predicted_funding_rate,open_interest,last_price,index_price,mark_price
deribit,BTC-PERPETUAL,1585699200250000,1585699200363000,,0.0000001,,1234.5,6421,6420.12,6421.01
`
}

describe('Tardis files', () => {
  test('that are imported and exported again are what they were, to the byte', async () => {
    const tape = await imported(
      await tardisSource(written('book.csv', book)),
      await tardisSource(written('trades.csv', trades))
    )
    expect(tape.instruments).toEqual(['deribit:BTC-PERPETUAL'])
    const { files, rows } = await exported(tape, 'csv')
    expect([...files].sort()).toEqual([
      'deribit_BTC-PERPETUAL_incremental_book_L2.csv',
      'deribit_BTC-PERPETUAL_trades.csv'
    ])
    expect(rows).toBe(6)
    expect(readFileSync(join(folder, files[0]!), 'utf8')).toBe(book)
    expect(readFileSync(join(folder, files[1]!), 'utf8')).toBe(trades)
  })

  test('of all kinds lie on one tape, and each comes back to the byte', async () => {
    const texts = { incremental_book_L2: book, trades, ...others }
    const sources = []
    for (const [type, text] of Object.entries(texts))
      sources.push(await tardisSource(written(`deribit_${type}.csv`, text)))
    const { files } = await exported(await imported(...sources), 'csv')
    expect(files).toHaveLength(5)
    for (const [type, text] of Object.entries(texts))
      expect(readFileSync(join(folder, `deribit_BTC-PERPETUAL_${type}.csv`), 'utf8')).toBe(text)
  })

  test.for([
    'bitmex_trades_XBTUSD.csv',
    'deltas_with_snapshot.csv',
    'deribit_incremental_book_L2_BTC-PERPETUAL.csv',
    'derivative_ticker_1.csv',
    'huobi-dm-swap_quotes_BTC-USD.csv',
    'trades_1.csv'
  ])('of the wild come back as they were: %s', async (name, { skip }) => {
    const path = `market/tardis/${name}`
    if (!haveCapture(path)) skip('the files are not here')
    const text = readFileSync(capturePath(path), 'utf8').trimEnd()
    const tape = await imported(await tardisSource(capturePath(path)))
    const { files } = await exported(tape, 'csv')
    expect(files).toHaveLength(1)
    expect(readFileSync(join(folder, files[0]!), 'utf8').trimEnd()).toBe(text)
  })

  test('with other columns, of no sense, or empty are refused in words', async () => {
    const refusals = { 'other.csv': 'a,b\n1,2\n', 'empty.csv': '', 'bad.csv': book.replace('18640', '1e9') }
    for (const [name, text] of Object.entries(refusals))
      await expect(imported(await tardisSource(written(name, text)))).rejects.toThrow(name)
  })

  test('that unpack to a mountain are not read on', async () => {
    const flat = gzipSync(Buffer.alloc(3 * 2 ** 19))
    await expect(imported(await tardisSource(written('bomb.csv.gz', flat)))).rejects.toThrow('not reading on')
  })
})

test('Parquet read back by another reader is what was on the tape', async () => {
  const tape = await imported(await tardisSource(written('book.csv', book)))
  const { files } = await exported(tape, 'parquet')
  const bytes = readFileSync(join(folder, files[0]!))
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  const rows = await parquetReadObjects({ file })
  expect(rows).toHaveLength(4)
  expect(rows[0]).toEqual({
    ...{ exchange: 'deribit', symbol: 'BTC-PERPETUAL', is_snapshot: true, side: 'ask' },
    ...{ timestamp: 1585699200245000n, local_timestamp: 1585699200355684n, price: 6421.5, amount: 18640 }
  })
  const again = rows.map((row) => Object.values(row).join(','))
  expect(again).toEqual(book.trimEnd().split('\n').slice(1))
})

test('an export that is cancelled leaves nothing behind', async () => {
  const tape = await imported(await tardisSource(written('book.csv', book)))
  const { isCancelled, files } = await exported(tape, 'csv', () => false)
  expect([isCancelled, files]).toEqual([true, []])
  expect(readdirSync(folder).sort()).toEqual(['book.csv', 'tape'])
})

test('a LOBSTER pair becomes a snapshot, its changes and its trades, in New York time', async () => {
  const name = 'AAPL_2012-06-21_34200000_57600000_message_1.csv'
  const messages = written(name, '34200.004241176,1,16113575,18,5853300,1\n34200.5,4,16113575,8,5853300,1\n')
  const books = written('book_1.csv', '5859400,200,5853300,18\n5859400,200,5853300,10\n')
  const tape = await imported(await lobsterSource(messages, books))
  const { files } = await exported(tape, 'csv')
  const text = (part: string) =>
    readFileSync(
      join(
        folder,
        files.find((file) => file.includes(part))!
      ),
      'utf8'
    )
      .trimEnd()
      .split('\n')
      .slice(1)
  // 9:30 in New York was 13:30 UTC.
  const at = Date.UTC(2012, 5, 21, 13, 30) * 1_000
  expect(text('incremental')).toEqual([
    `lobster,AAPL,${at + 4_241},${at + 4_241},true,ask,585.94,200`,
    `lobster,AAPL,${at + 4_241},${at + 4_241},true,bid,585.33,18`,
    `lobster,AAPL,${at + 500_000},${at + 500_000},false,bid,585.33,10`
  ])
  expect(text('trades')).toEqual([`lobster,AAPL,${at + 500_000},${at + 500_000},,sell,585.33,8`])
})
