#!/usr/bin/env node
// Plain JavaScript that any Node from 18 on can run: its only job is to reach Node 24, which runs the TypeScript sources as they are.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const NEEDED = 24
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const entry = join(root, 'server', 'entry', 'cli.ts')
const cache = process.env.NODE_COMPILE_CACHE || join(root, 'node_modules', '.cache', 'quittance')

/** The Node 24 that the lock file brings, looked for in this package's node_modules and in those of the folders above (an installed package is hoisted). */
function bundledNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const binary = process.platform === 'win32' ? 'node.exe' : 'node'
  for (let folder = root; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', `node-${platform}-${process.arch}`, 'bin', binary)
    if (existsSync(candidate)) return candidate
    if (folder === dirname(folder)) return undefined
  }
}

function runUnder(node) {
  const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, NODE_COMPILE_CACHE: cache } })
  // In a terminal Ctrl-C already reaches the child, which belongs to the same group: passing it on would count as a second, impatient one.
  const relay = (signal) => { if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal) }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, relay)
  child.on('error', (error) => {
    process.stderr.write(`quittance : Node ${NEEDED} n'a pas pu démarrer (${error.code}). / Node ${NEEDED} could not be started (${error.code}).\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(name, relay)
    process.kill(process.pid, signal)
    // A signal that this process cannot die of still has to give the shell's usual code.
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100)
  })
}

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  module.enableCompileCache(cache)
  const { main } = await import(pathToFileURL(entry).href)
  await main(process.argv.slice(2))
} else {
  const node = bundledNode()
  if (node) runUnder(node)
  else {
    process.stderr.write(`quittance : Node ${NEEDED} est introuvable (vous avez ${process.version}). Lancez « npm ci » ou installez Node ${NEEDED}. / Node ${NEEDED} was not found (you have ${process.version}). Run "npm ci" or install Node ${NEEDED}.\n`)
    process.exit(1)
  }
}
