import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'web',
  // The macros need Babel, which the React plugin no longer brings. A sentence without its French stops the build.
  plugins: [react(), lingui({ failOnMissing: true, failOnCompileError: true }), babel({ presets: [linguiTransformerBabelPreset()] }), tailwindcss()],
  build: {
    outDir: '../dist/web', emptyOutDir: true, target: 'es2023',
    // Importing one component from ui/index.ts must not bring the others into the first download.
    rolldownOptions: { treeshake: { moduleSideEffects: [{ test: /\/web\/(ui|lib|features)\//, sideEffects: false }] } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
})
