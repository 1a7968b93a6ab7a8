/** Where a command writes. The text is written as it is given, without an added end of line. */
export type CommandIo = {
  /** Standard output: the result that scripts read, and nothing else. */
  readonly out: (text: string) => void
  /** Standard error: messages for people. */
  readonly err: (text: string) => void
}

/** A command: 0 done, 1 the input was refused or has errors, 2 wrong usage. */
export type Command = (args: string[], io: CommandIo) => Promise<number>
