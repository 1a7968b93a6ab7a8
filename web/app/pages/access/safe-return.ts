/** Only a page of ours: an address from outside must not send anyone elsewhere after sign-in. */
export function safeReturn(address: string | undefined): string {
  return address && /^\/(?![/\\])/.test(address) ? address : '/'
}
