// Runs before the first paint, so that a chosen theme never flashes the other one. The same keys are in lib/preferences.ts.
(function () {
  try {
    var kept = JSON.parse(localStorage.getItem('quittance.preferences') || '{}')
    if (kept.theme === 'light' || kept.theme === 'dark') document.documentElement.dataset.theme = kept.theme
    if (kept.locale === 'en') document.documentElement.lang = 'en'
  } catch (_) { /* a browser that refuses storage gets the theme of its system */ }
})()
