import { jsonOf } from '../../dialects/json'
import { valueAt } from '../../dialects/listing'
import type { StatusSource } from '../venue'

/** Words of a venue are shown, so they are kept short. */
const LONGEST = 200

/** `GET /api/v1/status`: `open`, `close`, or `cancelonly`, when nothing is matched either. */
export const status: StatusSource = {
  request: ({ rest }) => ({ url: `${rest}/api/v1/status`, weight: 1 }),
  read(text) {
    const data = valueAt(jsonOf(text), 'data')
    const state = valueAt(data, 'status')
    if (state === 'open') return ''
    if (state !== 'close' && state !== 'cancelonly') return undefined
    const said = valueAt(data, 'msg')
    const words = typeof said === 'string' && said !== '' ? `: ${said}` : ''
    return `maintenance, ${state === 'close' ? 'closed' : 'cancelling only'}${words}`.slice(0, LONGEST)
  }
}
