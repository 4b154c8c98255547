/** Prompts for secrets. */
import { text } from 'node:stream/consumers'

const [CTRL_C, CTRL_D, BACKSPACE, DELETE] = ['\u0003', '\u0004', '\b', '\u007f']

/** Reads a line from the terminal without echo, or the first line of stdin if that is not a terminal. */
export async function askSecret(question: string): Promise<string> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) return (await text(stdin)).split(/\r?\n/, 1)[0]!
  stdin.setRawMode(true) // before the prompt, so that nothing that is typed is echoed
  stderr.write(question)
  try {
    return await readLine()
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write('\n')
  }
}

async function readLine(): Promise<string> {
  let line = ''
  for await (const chunk of process.stdin.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    for (const character of chunk as string) {
      if (character === '\r' || character === '\n' || character === CTRL_D) return line
      if (character === CTRL_C) throw new Error('Nothing was done.')
      line = character === BACKSPACE || character === DELETE ? line.slice(0, -1) : line + character
    }
  }
  return line
}
