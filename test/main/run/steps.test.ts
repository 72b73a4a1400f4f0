import { describe, expect, test } from 'vitest'
import { closingLine, tallyOf } from '../../../resources/run/steps.mjs'

const report = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [{ status: 'failed', assertionResults: [{}] }]
}

describe('the tally of a run', () => {
  test('counts what vitest counted', () => {
    expect(tallyOf(JSON.stringify(report))).toEqual({ passed: 3, failed: 1, skipped: 3 })
  })

  test('a file that could not be loaded is a failure, though it has no tests', () => {
    const broken = { ...report, testResults: [{ status: 'failed', assertionResults: [] }] }
    expect(tallyOf(JSON.stringify(broken)).failed).toBe(2)
  })
})

describe('the closing line', () => {
  test('sums the runs and leaves out what there is none of', () => {
    const tally = { passed: 2, failed: 0, skipped: 0 }
    expect(closingLine([tally, tally])).toBe('4 passed, 0 failed')
    expect(closingLine([tally, { passed: 0, failed: 1, skipped: 3 }])).toBe('2 passed, 1 failed, 3 skipped')
  })
})
