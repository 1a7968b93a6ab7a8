import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { activateLocale } from './lib/locale.ts'
import { preferences } from './lib/preferences.ts'
import './styles/app.css'

await activateLocale(preferences().locale)
const root = document.getElementById('root')
if (!root) throw new Error('index.html has lost its root')
createRoot(root).render(<StrictMode><App /></StrictMode>)
