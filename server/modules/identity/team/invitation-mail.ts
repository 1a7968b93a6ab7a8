import { INVITATION_DAYS, INVITATION_PATH } from '../../../../contract/team.ts'
import type { Locale } from '../../../../core/kernel/problem.ts'

export type InvitationLetter = { readonly to: string; readonly company: string; readonly inviter: string; readonly link: string; readonly locale: Locale }
export type Letter = { readonly to: string; readonly subject: string; readonly text: string; readonly html: string }

/** The address that the letter gives. The token stands after the `#`: it reaches the page and no server. */
export function invitationLink(publicUrl: string, token: string): string {
  return `${publicUrl.replace(/\/$/, '')}${INVITATION_PATH}#${token}`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A name on one line: what someone typed never adds a header or a line of its own to a letter. */
const plain = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()

function words({ company, inviter, link, locale }: InvitationLetter): { subject: string; lines: readonly string[]; action: string; end: string } {
  if (locale === 'en') {
    return {
      subject: `${inviter} invites you to ${company} on Quittance`,
      lines: [`${inviter} invites you to work in ${company} on Quittance.`, `To accept, open this link within ${INVITATION_DAYS} days:`],
      action: link, end: 'If you did not expect this invitation, you can ignore this message: nothing happens without you.',
    }
  }
  return {
    subject: `${inviter} vous invite à rejoindre ${company} sur Quittance`,
    lines: [`${inviter} vous invite à travailler dans ${company} sur Quittance.`, `Pour accepter, ouvrez ce lien dans les ${INVITATION_DAYS} jours\u00a0:`],
    action: link, end: 'Si vous n\'attendiez pas cette invitation, ignorez ce message : rien ne se fait sans vous.',
  }
}

/** The letter of an invitation, in the language of the company. */
export function invitationLetter(given: InvitationLetter): Letter {
  const { subject, lines, action, end } = words({ ...given, company: plain(given.company), inviter: plain(given.inviter) })
  const paragraphs = [...lines.map(escaped), `<a href="${escaped(action)}">${escaped(action)}</a>`, escaped(end)]
  return {
    to: given.to, subject, text: [...lines, action, end].join('\n\n'),
    html: `<!doctype html><html lang="${given.locale}"><body>${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('')}</body></html>`,
  }
}
