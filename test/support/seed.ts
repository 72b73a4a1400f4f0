/** The seed that a failing test told, given back to run it again: `STEELYARD_SEED=7 npx vitest run ...`. */
export const givenSeed: number | undefined =
  process.env['STEELYARD_SEED'] === undefined ? undefined : Number(process.env['STEELYARD_SEED'])

/** How a test that failed with this seed is run again. */
export const rerunOf = (seed: number, file: string): string =>
  `again: STEELYARD_SEED=${seed} npm run unit -- ${file}`
