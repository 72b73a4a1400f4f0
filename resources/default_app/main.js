'use strict'

// Makes `electron [flags] <folder> [arguments]` work on a runtime that ships without Electron's own default app.
// CommonJS, and nothing newer than Node 18.15.

const { app } = require('electron')
const { existsSync, readFileSync } = require('node:fs')
const Module = require('node:module')
const { dirname, isAbsolute, join, resolve } = require('node:path')

/**
 * The few flags of Electron's command line that concern the start; Chromium's own begin with -- and are skipped.
 * @param {readonly string[]} words
 */
function readCommandLine(words) {
  const line = { show: undefined, target: undefined, required: [] }
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === '-v' || word === '--version') return { ...line, show: `v${process.versions.electron}` }
    if (word === '-a' || word === '--abi') return { ...line, show: process.versions.modules }
    if (word === '-r' || word === '--require') line.required.push(words[++at])
    else if (word.startsWith('--app=')) return { ...line, target: word.slice('--app='.length) }
    else if (!word.startsWith('-')) return { ...line, target: word }
  }
  return line
}

/** @param {string} name as `node -r` reads it: a path, or a package seen from the working directory */
function preload(name) {
  const file = isAbsolute(name) ? name : Module.createRequire(join(process.cwd(), '/')).resolve(name)
  Module._load(file, null, false)
}

/**
 * Gives the process the app's name, version and folder, then loads its main file.
 * @param {string} target a folder with a package.json, or a file
 */
function start(target) {
  const manifest = join(target, 'package.json')
  if (existsSync(manifest)) {
    const { name, productName, version, desktopName } = JSON.parse(readFileSync(manifest, 'utf8'))
    if (version) app.setVersion(version)
    if (productName || name) app.setName(productName || name)
    app.setDesktopName(desktopName || `${app.getName()}.desktop`)
  }
  const main = Module._resolveFilename(target, null, true)
  app.setAppPath(existsSync(manifest) ? target : dirname(main))
  Module._load(main, module, true)
}

function refuse(reason) {
  process.stderr.write(`${reason}\n`)
  process.exit(1)
}

const line = readCommandLine(process.argv.slice(1))
if (line.show !== undefined) {
  process.stdout.write(`${line.show}\n`)
  process.exit(0)
}
if (line.target === undefined) refuse('usage: electron [flags] <folder of an app> [arguments]')
line.required.forEach(preload)
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
try {
  start(resolve(line.target))
} catch (error) {
  refuse(`${line.target} could not be started as an app: ${error.stack}`)
}
