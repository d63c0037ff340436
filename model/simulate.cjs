// SPDX-License-Identifier: Apache-2.0
//
// Simulates models one after the other in one process, since quint takes longer to start than to find most violations.
// Called by `run`:  node simulate.cjs [--trace FILE] NAME:STEP:TRACES:SEED …
// Prints a line for each; exits 1 when the correct model is violated, or a broken one is not, in the very promise that its
// line in hotlog.qnt names: no other invariant is looked at, so that none that falls before hides that this one holds.
'use strict'

const fs = require('node:fs')
const path = require('node:path')

const tools = path.join(__dirname, '.tools')
const quint = require(path.join(tools, 'node_modules/@informalsystems/quint/dist/src/cliCommands.js'))

const STEPS = 30
const source = fs.readFileSync(path.join(__dirname, 'hotlog.qnt'), 'utf8')
const invariants = [...source.matchAll(/^ {2}val ([ic]\d+_\w+)/gm)].map(match => match[1])

/// What a broken model has to break.
function promiseOf(name) {
  const [, promise] = source.match(new RegExp(`^module ${name} .*// breaks (\\w+)$`, 'm')) ?? []
  if (!invariants.includes(promise)) {
    throw new Error(`hotlog.qnt does not say which of the promises ${name} breaks: ${promise}`)
  }
  return promise
}

/// The protocol and one instance of it, in a file by itself: quint works on every module that it reads.
function modelFile(name) {
  const lines = source.split('\n').filter(line => !line.startsWith('module ') || line.startsWith('module hotlog '))
  lines.push(source.match(new RegExp(`^module ${name} .*$`, 'm'))[0])
  const folder = path.join(tools, 'models')
  fs.mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${name}-${process.pid}.qnt`)
  fs.writeFileSync(file, lines.join('\n') + '\n')
  return file
}

/// What quint says, line by line, instead of printing it.
async function simulate(name, promises, step, traces, seed, traceFile) {
  const input = modelFile(name)
  const said = []
  const log = console.log
  console.log = line => said.push(String(line).replace(/\x1b\[\d+m/g, ''))
  try {
    const args = {
      input, main: name, init: 'init', step, invariant: 'true', invariants: promises, witnesses: [], hide: [],
      maxSamples: traces, maxSteps: STEPS, nTraces: 1, seed: BigInt(seed), backend: 'typescript', verbosity: 1,
      mbt: false, outItf: traceFile
    }
    let result = await quint.load(args)
    for (const stage of [quint.parse, quint.typecheck, quint.runSimulator]) {
      if (result.isRight()) result = await stage(result.value)
    }
    const stage = result.isRight() ? result.value : result.value.stage
    return { status: stage.status, seed: stage.seed, said, problem: result.isLeft() ? result.value : undefined }
  } finally {
    console.log = log
    fs.rmSync(input, { force: true })
  }
}

function traceCount(said) {
  const [, millis, perSecond] = said.join('\n').match(/\((\d+)ms at (\d+) traces/) ?? []
  return Math.max(1, Math.round(millis * perSecond / 1000))
}

async function main() {
  const jobs = process.argv.slice(2)
  const traceFile = jobs[0] === '--trace' ? jobs.splice(0, 2)[1] : undefined
  let failed = false
  for (const job of jobs) {
    const [name, step, traces, seed] = job.split(':')
    const correct = name === 'correct'
    const promises = correct ? invariants : [promiseOf(name)]
    const { status, seed: found, said, problem } = await simulate(name, promises, step, Number(traces), seed, traceFile)
    // With one promise alone the checker does not say which.
    const told = said.filter(line => line.includes('❌')).map(line => line.replace('❌', '').trim())
    const broken = (correct ? told : promises).join(', ')
    if (status === 'ok') {
      const where = `${traces} traces of ${STEPS} steps (${step}), seed ${seed}`
      console.log(correct ? `held    ${name}: over ${where}` : `PASSED  ${name}: ${promises} held over ${where}`)
      failed ||= !correct
    } else if (status === 'violation') {
      console.log(`${correct ? 'BROKEN ' : 'caught '} ${name}: ${broken} after about ${traceCount(said)} traces (${step}), ` +
        `seed 0x${found.toString(16)}`)
      failed ||= correct
    } else {
      console.log(`FAILED  ${name}: the checker did not come to an end`, said.join('\n'), problem?.msg ?? '',
        (problem?.stage?.errors ?? []).map(error => error.explanation ?? String(error)).join('\n'))
      failed = true
    }
  }
  process.exitCode = failed ? 1 : 0
}

main()
