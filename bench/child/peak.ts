// Loaded before a command (`node --import`): when the process ends it writes its peak memory on descriptor 3.
import { writeSync } from 'node:fs'

process.on('exit', () => { writeSync(3, String(process.resourceUsage().maxRSS / 1024)) })
