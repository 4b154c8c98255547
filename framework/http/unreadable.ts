/** Answers requests that Node cannot parse, which reach no route. */
import { maxHeaderSize, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { ProblemBody } from '../problem.ts'

const TOO_LONG = `The address and the headers of the request are longer than ${maxHeaderSize / 1024} KiB together`
const REFUSALS: Record<string, { status: string; message: string }> = {
  HPE_HEADER_OVERFLOW: { status: '431 Request Header Fields Too Large', message: TOO_LONG },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', message: 'The request did not come in time' },
}
const NO_HTTP = { status: '400 Bad Request', message: 'The request is not valid HTTP' }

/** How long a client has to read the answer. Its data is still read, because a reset would discard the answer. */
const LINGER_MS = 2000

/** Answers unparsable requests in the API's format and closes the connection. */
export function refuseUnreadable(server: Server): void {
  const answered = new WeakSet<Socket>()
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (answered.has(socket)) return
    answered.add(socket)
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const { status, message } = REFUSALS[error.code ?? ''] ?? NO_HTTP
    const body = JSON.stringify({ type: 'invalid_data', message } satisfies ProblemBody)
    const headers = [
      'connection: close',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ]
    socket.end([`HTTP/1.1 ${status}`, ...headers, '', body].join('\r\n'))
    setTimeout(() => socket.destroy(), LINGER_MS).unref()
  })
}
