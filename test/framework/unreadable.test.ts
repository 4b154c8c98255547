import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { refuseUnreadable } from '../../framework/http/unreadable.ts'

const server = createServer((_, response) => response.end('read'))
refuseUnreadable(server)
let port: number
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

/** What the server says to these bytes until it closes. */
async function answerTo(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let said = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    said += chunk
  })
  socket.write(bytes)
  await once(socket, 'close')
  return said
}

const TOO_LONG = 'The address and the headers of the request are longer than 16 KiB together'

test('an address that is too long is refused, however much of it is still on its way', async () => {
  for (let i = 0; i < 20; i++) {
    const answer = await fetch(`http://127.0.0.1:${port}/?q=${'x'.repeat(20_000 * (i + 1))}`)
    expect([answer.status, await answer.json()]).toEqual([431, { type: 'invalid_data', message: TOO_LONG }])
  }
})

test('what is no HTTP is refused, and its connection closed', async () => {
  const said = await answerTo('HELO there\r\n\r\n')
  expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(JSON.parse(said.split('\r\n\r\n')[1]!)).toEqual({
    type: 'invalid_data',
    message: 'The request is not valid HTTP',
  })
})

test('others are answered as ever', async () => {
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('read')
})
