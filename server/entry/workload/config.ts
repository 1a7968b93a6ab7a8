import { randomBytes } from 'node:crypto'
import type { Config } from '../../platform/config/config.ts'
import { placeOf } from './place.ts'

/** The settings of a workload: nothing is served, and nothing sealed outlives the process. */
export function configOf(folder: string): Config {
  return {
    host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1', dataFolder: placeOf(folder).database, databaseUrl: process.env['DATABASE_URL'] || null,
    secret: randomBytes(32).toString('hex'), logLevel: 'fatal', demo: false, previousSecrets: [], trustProxy: [], allowedOrigins: [],
  }
}
