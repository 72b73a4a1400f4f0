import { jsonOf } from '../../dialects/json'
import { valueAt } from '../../dialects/listing'
import type { Endpoints, Leg } from '../venue'

/** Sockets want a token, which anybody may have: `POST /api/v1/bullet-public`. It names the servers too. */
export const ticket: NonNullable<Leg['ticket']> = {
  request: ({ rest }: Endpoints) => ({ url: `${rest}/api/v1/bullet-public`, weight: 10, post: '{}' }),
  read(text) {
    const answer = jsonOf(text)
    if (answer === undefined) return { reason: 'the answer to the request for a token is no JSON' }
    const data = valueAt(answer, 'data')
    const token = valueAt(data, 'token')
    const servers = valueAt(data, 'instanceServers')
    const [server] = Array.isArray(servers) ? (servers as readonly unknown[]) : []
    const endpoint = valueAt(server, 'endpoint')
    if (typeof token !== 'string' || typeof endpoint !== 'string' || !/^wss?:\/\//.test(endpoint))
      return { reason: 'the answer to the request for a token names no server' }
    return { url: `${endpoint}?token=${encodeURIComponent(token)}&connectId=steelyard` }
  }
}
