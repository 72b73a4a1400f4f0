import { expect, test } from 'vitest'
import { AlertChannelsOut } from '../../../src-main/outbound/alert-channels'
import type { Posting, Reply } from '../../../src-main/outbound/post'
import { Secrets, type SealedSecrets } from '../../../src-main/outbound/secrets'
import type { WaitingList } from '../../../src-main/outbound/waiting'
import { signatureOf } from '../../../src-main/outbound/webhook'
import { defaultAlertChannels, type AlertChannels } from '../../../src-shared/alerts/channels'
import { anAlert } from '../../support/an-alert'

const token = '123456:abcdefghijklmnopqrstuvwxyz'
const webhook = { enabled: true, url: 'https://hook.example/steelyard', confirmedHost: 'hook.example' }
const fine: Reply = { status: 200, body: '', reason: '' }

function rig(settings: Partial<AlertChannels>, { reply = fine, wanting = '' } = {}) {
  let now = 0
  let kept: WaitingList = { version: 1, waiting: [] }
  let sealed: SealedSecrets = { version: 1, sealed: {} }
  const posted: Posting[] = []
  const results: string[] = []
  const givenUp: string[] = []
  const secrets = new Secrets(
    {
      get value() {
        return sealed
      },
      save: (it) => {
        sealed = it
        return { ok: true }
      }
    },
    {
      wanting: () => Promise.resolve(wanting),
      seal: (text) => Promise.resolve(Buffer.from(text.split('').reverse().join(''))),
      open: (closed) => Promise.resolve(closed.toString().split('').reverse().join(''))
    }
  )
  const channels = new AlertChannelsOut({
    settings: () => ({ ...defaultAlertChannels, ...settings }),
    secrets,
    kept: {
      get value() {
        return kept
      },
      save: (list) => {
        kept = list
        return { ok: true }
      }
    },
    post: (posting) => {
      posted.push(posting)
      return Promise.resolve(reply)
    },
    now: () => (now += 1_000),
    chance: () => 0,
    onResult: ({ channel, outcome, detail }) => results.push(`${channel} ${outcome}: ${detail}`),
    onStanding: () => undefined,
    onGivenUp: (_, channel) => givenUp.push(channel),
    onPaused: () => undefined
  })
  return { channels, posted, results, givenUp, secrets, sealed: () => sealed }
}

const settled = () => new Promise((done) => setImmediate(done))

test('a signature is the HMAC-SHA256 of the body: case 2 of RFC 4231', () => {
  expect(signatureOf('Jefe', 'what do ya want for nothing?')).toBe(
    'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
  )
})

test('a webhook is signed, carries the alert’s id as its key, and its body is plain JSON', async () => {
  const { channels, posted, results } = rig({ webhook })
  await channels.setSecret('webhook-secret', 'k')
  channels.deliver(anAlert({ channels: ['webhook'], percentile: NaN }))
  await settled()
  const { url, headers, body } = posted[0]!
  expect(url.href).toBe(webhook.url)
  expect(headers['idempotency-key']).toBe(anAlert().id)
  expect(headers['x-signature']).toBe(signatureOf('k', body))
  expect(JSON.parse(body)).toMatchObject({ notice: 'FIRE', side: 'ask', value: -0.72, percentile: null })
  expect(results).toEqual(['webhook sent: answered 200'])
})

test('an alert that asks for no remote channel goes nowhere', async () => {
  const { channels, posted } = rig({ webhook })
  channels.deliver(anAlert({ channels: ['desktop'] }))
  await settled()
  expect(posted).toEqual([])
})

test.each([
  [{ ...webhook, enabled: false }, 'switched off'],
  [{ ...webhook, url: '' }, 'no address'],
  [{ ...webhook, confirmedHost: '' }, 'nobody confirmed that alerts may go to hook.example'],
  [{ ...webhook, url: 'https://10.0.0.1/', confirmedHost: '10.0.0.1' }, 'private network']
])('a webhook set up as %j sends nothing and says why', async (wrong, words) => {
  const { channels, posted, results } = rig({ webhook: wrong })
  channels.deliver(anAlert({ channels: ['webhook'] }))
  await settled()
  expect(posted).toEqual([])
  expect(results[0]).toContain(words)
})

test('Telegram gets plain text of its own chat, and no answer of it shows the token', async () => {
  const telegram = { enabled: true, chat: '42' }
  const reply = { status: 401, body: JSON.stringify({ description: `bot ${token} is unknown` }), reason: '' }
  const { channels, posted, results, givenUp } = rig({ telegram }, { reply })
  await channels.setSecret('telegram-token', token)
  channels.deliver(anAlert({ ruleName: 'A & <B>', channels: ['telegram'] }))
  await settled()
  expect(posted[0]?.url.href).toBe(`https://api.telegram.org/bot${token}/sendMessage`)
  expect(JSON.parse(posted[0]!.body)).toMatchObject({
    chat_id: '42',
    text: expect.stringContaining('A & <B>')
  })
  expect(results).toEqual(['telegram failed: Telegram answered 401: bot … is unknown'])
  expect(givenUp).toEqual(['telegram'])
})

test('secrets are kept sealed, told of only as there, and forgotten when emptied', async () => {
  const { channels, sealed } = rig({ webhook })
  await channels.setSecret('webhook-secret', 'open sesame'.replace(' ', '-'))
  expect(JSON.stringify([sealed(), channels.standings])).not.toContain('open-sesame')
  expect(channels.standings.find(({ channel }) => channel === 'webhook')?.hasSecret).toBe(true)
  await channels.setSecret('webhook-secret', '')
  expect(sealed().sealed).toEqual({})
})

test('without a key store nothing is kept, and the reason is said', async () => {
  const { channels, sealed } = rig({}, { wanting: 'no key store' })
  expect(await channels.setSecret('telegram-token', token)).toEqual({ ok: false, reason: 'no key store' })
  expect(sealed().sealed).toEqual({})
})

test('a test goes down the real path though the channel is off, is marked, and says what came of it', async () => {
  const { channels, posted } = rig({ webhook: { ...webhook, enabled: false } })
  expect(await channels.test('webhook')).toEqual({ ok: true })
  expect(JSON.parse(posted[0]!.body)).toMatchObject({ notice: 'TEST', test: true })
  expect(channels.standings.find(({ channel }) => channel === 'webhook')?.results.at(-1)?.outcome).toBe(
    'sent'
  )
})

test('what waits for a channel that is switched off meanwhile is not sent, and says so', async () => {
  const settings = { webhook }
  const { channels, posted, results } = rig(settings, { reply: { status: 503, body: '', reason: '' } })
  await channels.setSecret('webhook-secret', 'x')
  channels.deliver(anAlert({ channels: ['webhook'] }))
  await settled()
  const before = posted.length
  expect(before).toBeGreaterThan(0)
  settings.webhook = { ...webhook, enabled: false }
  channels.configure()
  for (let tick = 0; tick < 100; tick++) await channels.tick()
  expect(posted.length).toBe(before)
  expect(results.at(-1)).toBe('webhook failed: it is switched off')
})
