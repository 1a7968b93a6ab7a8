/** A label on one line: a control character in it would break the files that carry it further. */
export function plainLabel(label: string): string {
  return label.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
}
