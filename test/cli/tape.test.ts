import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { alerts } from '../../src-main/cli/alerts'
import { replay } from '../../src-main/cli/replay'
import { study } from '../../src-main/cli/study'
import { tape } from '../../src-main/cli/tape/index'
import { trimTape } from '../../src-main/cli/tape/trim'
import { TapeReader } from '../../src-main/engine/tape/tape-reader'
import { capturePath, haveCapture } from '../support/captures'
import { plainRule } from '../support/plain-rule'
import { linesOf, uniformId, uniformMarket, uniformStart } from '../support/uniform-market'

let root = ''
/** A tape of forty seconds, imported from uniform lines. */
let folder = ''
let lines = ''
let said = ''
let complained = ''
const seconds = 40

function listen(): void {
  said = complained = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((complained += String(text)), true))
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'steelyard-tape-cli-'))
  folder = join(root, 'tape')
  lines = join(root, 'market.jsonl')
  writeFileSync(lines, linesOf(uniformMarket(seconds)))
  listen()
  expect(await tape(['import', lines, '--as', 'lines', '--out', folder])).toBe(0)
})
afterAll(() => {
  rmSync(root, { recursive: true })
})
beforeEach(listen)
const { isTTY } = process.stderr
afterEach(() => {
  vi.restoreAllMocks()
  Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true })
})

/** Ctrl+C at the first line that says how far a job is. */
function interrupted(): void {
  Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complained += String(text)
    if (String(text).includes(' % ')) process.emit('SIGINT')
    return true
  })
}

/** A place of its own for what a command writes. */
function place(name: string): string {
  const path = join(root, name)
  mkdirSync(path)
  return path
}

const segmentOf = (path: string): string =>
  join(
    path,
    readdirSync(path).find((name) => name.endsWith('.tape'))!
  )

/** A copy of the tape, one byte in the middle of it another. */
function damaged(name: string): string {
  const path = place(name)
  const bytes = readFileSync(segmentOf(folder))
  bytes[Math.floor(bytes.length / 2)]! ^= 1
  writeFileSync(join(path, readdirSync(folder)[0]!), bytes)
  return path
}

describe('what was imported from uniform lines', () => {
  test('names its instrument and has places where reading may begin', async () => {
    expect(await tape(['list', folder, '--json'])).toBe(0)
    const [segment] = JSON.parse(said) as { instruments: string[]; keyframes: number; frames: number }[]
    expect(segment).toMatchObject({ instruments: [uniformId], frames: 1 + seconds * 11 })
    expect(segment!.keyframes).toBeGreaterThan(2)
  })

  test('replays in the terminal, as rows of figures', async () => {
    expect(await replay([folder, '--metrics', 'price,imbalance', '--every', '10'])).toBe(0)
    const rows = said.trim().split('\n')
    expect(rows[0]).toContain('price.mid')
    expect(rows.slice(1).every((row) => row.includes('100.25'))).toBe(true)
    expect(rows).toHaveLength(1 + seconds / 10)
  })

  test('can be back-tested', async () => {
    const scope = { kind: 'instrument', instrument: uniformId } as const
    const rule = plainRule({
      scope,
      side: 'bid',
      field: 'l1',
      on: 0.2,
      off: 0.1,
      smoothMs: 0,
      minMs: 500,
      cooldownMs: 0
    })
    const rules = join(root, 'rules.json')
    writeFileSync(rules, JSON.stringify({ version: 2, rules: [rule] }))
    expect(await alerts(['backtest', rules, folder, '--json'])).toBe(0)
    // The first bid swells once in ten seconds; that it swells as the tape begins is no crossing.
    const { alerts: found } = JSON.parse(said) as { alerts: { alert: { at: number } }[] }
    expect(found.map(({ alert }) => Math.floor((alert.at - uniformStart) / 10_000))).toEqual([1, 2, 3])
  })

  test('can be studied', async () => {
    expect(await study(['predict', folder, '--json'])).toBe(0)
    expect(complained).toBe('')
    expect(JSON.parse(said)).toMatchObject({ instrument: uniformId })
  })
})

describe('captures of a venue', () => {
  const captures = [
    ['okx', 'feeds/okx_2022.jsonl.gz'],
    ['binance-spot', 'feeds/binance-spot_2021.jsonl.gz'],
    ['kraken', 'feeds/kraken-v2_derived-from-v1_2021.jsonl.gz']
  ] as const
  test.for(captures)(
    'become a tape of named instruments and the same books: %s',
    async ([venue, name], { skip }) => {
      if (!haveCapture(name)) skip('the captures are not here')
      const out = join(root, `captured-${venue}`)
      expect(await tape(['import', capturePath(name), '--as', 'lines', '--venue', venue, '--out', out])).toBe(
        0
      )
      const { instruments } = await TapeReader.open(out)
      expect(instruments.length).toBeGreaterThan(0)
      expect(await tape(['verify', out])).toBe(0)
      said = ''
      expect(await replay([capturePath(name), '--venue', venue, '--summary'])).toBe(0)
      const truth = said
      said = ''
      expect(await replay([out, '--venue', venue, '--summary'])).toBe(0)
      expect(said).toBe(truth)
    }
  )
})

describe('what others recorded', () => {
  const rules = (): string => {
    const path = join(root, 'everywhere.json')
    const rule = plainRule({ scope: { kind: 'watchlist', watchlist: 'all' }, field: 'l1' })
    writeFileSync(path, JSON.stringify({ version: 2, rules: [rule] }))
    return path
  }
  const files = {
    'deribit_incremental_book_L2.csv': `exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount
deribit,BTC-PERPETUAL,1585699200245000,1585699200355684,true,ask,6421.5,18640
deribit,BTC-PERPETUAL,1585699200245000,1585699200355684,true,bid,6421,1190
deribit,BTC-PERPETUAL,1585699202300000,1585699202400000,false,bid,6421,18640
`,
    'deribit_trades.csv': `exchange,symbol,timestamp,local_timestamp,id,side,price,amount
deribit,BTC-PERPETUAL,1585699200250000,1585699200360000,ccc3c1fa-212c,sell,6421,10
`,
    'AAPL_2012-06-21_34200000_57600000_message_1.csv':
      '34200.004241176,1,16113575,18,5853300,1\n34202.5,4,16113575,8,5853300,1\n',
    'AAPL_2012-06-21_34200000_57600000_orderbook_1.csv': '5859400,200,5853300,18\n5859400,200,5853300,10\n'
  }
  const kinds = [
    ['tardis', 'deribit:BTC-PERPETUAL'],
    ['lobster', 'lobster:AAPL']
  ] as const
  test.each(kinds)(
    'as %s is listed, whole, replays and is back-tested like a tape of the app',
    async (as, id) => {
      const paths = Object.entries(files).map(([name, text]) => {
        writeFileSync(join(root, name), text)
        return join(root, name)
      })
      const out = join(root, as)
      const wanted = as === 'tardis' ? paths.slice(0, 2) : paths.slice(2)
      expect(await tape(['import', ...wanted, '--as', as, '--out', out])).toBe(0)
      expect(await tape(['list', out])).toBe(0)
      expect(said).toContain(id)
      expect(await tape(['verify', out])).toBe(0)
      said = ''
      expect(
        await replay([out, '--metrics', 'price,imbalance', '--every', '0.5', '--format', 'ndjson'])
      ).toBe(0)
      const rows = said
        .trim()
        .split('\n')
        .map((row) => JSON.parse(row) as Record<string, unknown>)
      expect(rows.filter(({ status }) => status === 'live').length).toBeGreaterThan(2)
      expect(rows.at(-1)!['price.mid']).toBeCloseTo(as === 'tardis' ? 6421.25 : 585.635)
      said = ''
      expect(await alerts(['backtest', rules(), out, '--json'])).toBe(0)
      expect(JSON.parse(said)).toMatchObject({ faults: [], rules: [{ fires: 0 }] })
    }
  )
})

describe('tape list', () => {
  test('says what lies there, in words', async () => {
    expect(await tape(['list', folder])).toBe(0)
    expect(said).toMatch(/\.tape +2023-11-14 22:13:20 UTC +40 s .* 441 frames\npaper:BTC-USD\n$/)
  })

  test('of no folder, and of a file, complains', async () => {
    expect(await tape(['list', join(root, 'absent')])).toBe(2)
    expect(complained).toContain('there is no such folder')
    expect(await tape(['list', lines])).toBe(2)
    expect(complained).toContain('that is a file')
    expect(await tape(['nonsense'])).toBe(2)
  })
})

describe('a tape with a hole', () => {
  test('has no live row over what is damaged, and ends with exit code 2', async () => {
    expect(await replay([damaged('holed'), '--metrics', 'price', '--every', '1', '--format', 'csv'])).toBe(2)
    const statuses = said
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',')[2])
    expect(statuses.lastIndexOf('connecting')).toBeGreaterThan(statuses.indexOf('live'))
    expect(complained).toContain('is damaged')
  })
})

describe('tape verify', () => {
  test('finds nothing wrong with what is whole', async () => {
    expect(await tape(['verify', folder])).toBe(0)
    expect(said).toMatch(/1 files, \d+ records, 441 frames: all right\n$/)
  })

  test('names the file and the place of a damaged block, and leaves it as it is', async () => {
    const path = damaged('damaged')
    const before = readFileSync(segmentOf(path))
    expect(await tape(['verify', path])).toBe(1)
    const [, name, offset] = /damaged: (\S+): the block at (\d+) is damaged/.exec(said)!
    expect(name).toBe(readdirSync(path)[0])
    const middle = before.length / 2
    expect(Number(offset)).toBeLessThan(middle)
    expect(Number(offset)).toBeGreaterThan(middle - 20_000)
    expect(readFileSync(segmentOf(path)).equals(before)).toBe(true)
  })

  test('that is interrupted does not say all is right', async () => {
    interrupted()
    expect(await tape(['verify', folder])).toBe(2)
    expect(complained).toContain('what was read is not all')
    expect(said).toBe('')
  })
})

describe('tape trim', () => {
  /** Two copies: the newest is never removed. */
  function two(name: string): string {
    const path = place(name)
    for (const start of [uniformStart, uniformStart + 3_600_000])
      writeFileSync(join(path, `${start}-0001.tape`), readFileSync(segmentOf(folder)))
    return path
  }
  const asked: string[] = []
  const ask = (answer: string | undefined) => (question: string) => {
    asked.push(question)
    return Promise.resolve(answer)
  }

  test('says what would be lost and asks; anything but yes keeps all', async () => {
    const path = two('asked')
    expect(await trimTape([path, '--days', '1'], ask('n'))).toBe(2)
    expect(asked.at(-1)).toContain('Remove 1 files')
    expect(asked.at(-1)).toContain('2023-11-14 22:13:20 to 2023-11-14 22:14:00 UTC of paper:BTC-USD')
    expect(readdirSync(path)).toHaveLength(2)
    expect(await trimTape([path, '--days', '1'], ask('y'))).toBe(0)
    expect(readdirSync(path)).toEqual([`${uniformStart + 3_600_000}-0001.tape`])
  })

  test('with nobody to answer removes nothing, unless --yes says so', async () => {
    const path = two('unasked')
    expect(await trimTape([path, '--gb', '0'], ask(undefined))).toBe(2)
    expect(complained).toContain('say --yes')
    expect(await tape(['trim', path, '--gb', '0', '--dry'])).toBe(0)
    expect(said).toContain('1 files')
    expect(readdirSync(path)).toHaveLength(2)
    expect(await tape(['trim', path, '--gb', '0', '--yes'])).toBe(0)
    expect(readdirSync(path)).toHaveLength(1)
  })

  test('without limits asks for them', async () => {
    expect(await tape(['trim', folder])).toBe(2)
    expect(await tape(['trim', folder, '--days', '-1'])).toBe(2)
    expect(complained).toContain('to what?')
  })
})

describe('tape export', () => {
  const from = new Date(uniformStart + 10_000).toISOString()
  const to = String(uniformStart + 10_950)

  test('writes a range as uniform lines, exactly those that were imported', async () => {
    const out = join(root, 'jsonl')
    const args = ['export', folder, '--out', out, '--format', 'jsonl', '--from', from, '--to', to]
    expect(await tape(args)).toBe(0)
    const wanted = uniformMarket(seconds).filter(
      ({ t }) => Number(t) >= (uniformStart + 10_000) * 1_000 && Number(t) <= (uniformStart + 10_950) * 1_000
    )
    expect(wanted).toHaveLength(11)
    expect(readFileSync(join(out, 'paper.jsonl'), 'utf8')).toBe(linesOf(wanted))
  })

  test.each(['csv', 'parquet'])('writes a range as %s, a file an instrument and kind', async (format) => {
    const out = join(root, format)
    expect(await tape(['export', folder, '--out', out, '--format', format, '--from', from, '--to', to])).toBe(
      0
    )
    const names = [`paper_BTC-USD_incremental_book_L2.${format}`, `paper_BTC-USD_trades.${format}`]
    expect(readdirSync(out).sort()).toEqual(names)
    expect(complained).toContain('11 rows in 2 files')
    if (format !== 'csv') return
    const [, first] = readFileSync(join(out, names[0]!), 'utf8').split('\n')
    const at = (uniformStart + 10_000) * 1_000
    expect(first).toBe(`paper,BTC-USD,${at},${at},false,bid,100.0,5`)
  })

  test.each(['jsonl', 'csv', 'parquet'])('as %s that is interrupted leaves no file', async (format) => {
    const out = join(root, `cancelled-${format}`)
    interrupted()
    expect(await tape(['export', folder, '--out', out, '--format', format])).toBe(2)
    expect(complained).toMatch(/\d+ % \d+ rows/)
    expect(complained).toContain('cancelled; nothing was kept')
    expect(readdirSync(out)).toEqual([])
  })

  test('refuses what it does not understand, and says what the tape holds', async () => {
    const out = join(root, 'refused')
    expect(await tape(['export', folder, '--out', out, '--instruments', 'paper:ETH-USD'])).toBe(2)
    expect(complained).toContain('it holds paper:BTC-USD')
    expect(await tape(['export', folder, '--out', out, '--from', 'noon'])).toBe(2)
    expect(await tape(['export', folder, '--out', out, '--from', to, '--to', from])).toBe(2)
    expect(await tape(['export', folder, '--out', out, '--format', 'xml'])).toBe(2)
    expect(await tape(['export', folder])).toBe(2)
    expect(() => readdirSync(out)).toThrow('ENOENT')
  })
})

describe('tape import', () => {
  test('that is interrupted, or meets a wrong line, leaves nothing', async () => {
    const out = join(root, 'interrupted')
    interrupted()
    expect(await tape(['import', lines, '--as', 'lines', '--out', out])).toBe(2)
    expect(complained).toContain('cancelled; nothing was kept')
    vi.restoreAllMocks()
    listen()
    const wrong = join(root, 'wrong.jsonl')
    writeFileSync(wrong, readFileSync(lines, 'utf8') + 'nonsense\n')
    expect(await tape(['import', wrong, '--as', 'lines', '--out', out])).toBe(2)
    expect(complained).toContain('line 442')
    expect(() => readdirSync(out)).toThrow('ENOENT')
  })

  test('of what is there already changes nothing', async () => {
    const before = readdirSync(folder)
    expect(await tape(['import', lines, '--as', 'lines', '--out', folder])).toBe(2)
    expect(complained).toContain('imported before?')
    expect(readdirSync(folder)).toEqual(before)
  })

  test('asks for what it must know', async () => {
    expect(await tape(['import'])).toBe(2)
    expect(await tape(['import', lines, '--as', 'lines'])).toBe(2)
    expect(await tape(['import', lines, '--as', 'words', '--out', folder])).toBe(2)
    expect(await tape(['import', lines, '--as', 'lobster', '--out', folder])).toBe(2)
    expect(await tape(['import', lines, '--as', 'lines', '--venue', 'moon', '--out', folder])).toBe(2)
    expect(complained.split('\n').filter(Boolean)).toHaveLength(5)
  })
})
