import { givenSeed } from './seed'

// Properties tell their seed when they fail. Loaded only where one is given: every test file comes by here.
if (givenSeed !== undefined) {
  const { configureGlobal } = await import('fast-check')
  configureGlobal({ seed: givenSeed })
}
