/** "06:00" for '0 6 * * *': a plan that is not once a day is shown as it is written. */
export function dailyTimeOf(cron: string): string | null {
  const found = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(cron.trim())
  return found ? `${found[2]!.padStart(2, '0')}:${found[1]!.padStart(2, '0')}` : null
}
