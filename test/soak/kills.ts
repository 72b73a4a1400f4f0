import { killRecorders } from '../support/tape-kills/index'

/** Recorders killed at 5,000 frames a second: what each lost. Answers with the exit code. */
export async function kills(count: number, say: (text: string) => void): Promise<number> {
  const lost: number[] = []
  const wrong: string[] = []
  let torn = 0
  await killRecorders(count, (kill, n) => {
    lost.push(kill.lostMs)
    if (kill.torn > 0) torn++
    if (kill.wrong !== '') wrong.push(`kill ${n}: ${kill.wrong}`)
    if (n % 20 === 19) say(`${n + 1} of ${count}`)
  })
  lost.sort((one, other) => one - other)
  const at = (share: number) => lost[Math.min(lost.length - 1, Math.floor(share * lost.length))]!.toFixed(0)
  say(`${count} kills: lost p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms; ${torn} torn tails`)
  for (const words of wrong) say(words)
  return wrong.length > 0 || lost.at(-1)! > 250 ? 1 : 0
}
