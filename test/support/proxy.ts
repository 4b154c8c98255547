/** A proxy to a server, for tests that cut the network. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Proxy {
  /** `127.0.0.1:<port>`. */
  address: string
  /** Silently discards data on the existing connections; new ones work. */
  swallow(): void
  /** Ends all connections and accepts no more. */
  close(): void
}

/** @param target `host:port`. */
export async function startProxy(target: string): Promise<Proxy> {
  const [host, port] = target.split(':')
  const sockets: Socket[] = []
  const server = createServer((near) => {
    const far = connect(Number(port), host)
    near.pipe(far)
    far.pipe(near)
    for (const socket of [near, far]) sockets.push(socket.on('error', () => {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    swallow() {
      for (const socket of sockets) socket.unpipe().resume()
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
