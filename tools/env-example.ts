// Writes .env.example and docs/reference/settings.md from the schema of the settings.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { envExample, settingsPage } from '../server/platform/config/document.ts'

const root = join(import.meta.dirname, '..')
writeFileSync(join(root, '.env.example'), envExample())
writeFileSync(join(root, 'docs', 'reference', 'settings.md'), settingsPage())
