import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

/** Writes each script and style compressed beside itself: the server sends the form the browser asks for, and compresses nothing. */
const compressed: Plugin = {
  name: 'compressed', apply: 'build',
  writeBundle: (options, bundle) => {
    for (const name of Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file))) {
      const path = join(options.dir!, name)
      const bytes = readFileSync(path)
      writeFileSync(`${path}.gz`, gzipSync(bytes))
      writeFileSync(`${path}.br`, brotliCompressSync(bytes))
    }
  },
}

export default defineConfig({
  root: 'web',
  // The macros need Babel, which the React plugin no longer brings. A sentence without its French stops the build.
  plugins: [react(), lingui({ failOnMissing: true, failOnCompileError: true }), babel({ presets: [linguiTransformerBabelPreset()] }), tailwindcss(), compressed],
  build: {
    outDir: '../dist/web', emptyOutDir: true, target: 'es2023',
    // Importing one component from ui/index.ts must not bring the others into the first download.
    rolldownOptions: { treeshake: { moduleSideEffects: [{ test: /\/web\/(ui|lib|features)\//, sideEffects: false }] } },
  },
  // The host stays the one of the page: the server refuses changes that come from another origin.
  server: { proxy: { '/api': { target: process.env['QUITTANCE_API'] ?? 'http://127.0.0.1:3000', changeOrigin: false } } },
})
