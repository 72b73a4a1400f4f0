import { jsonOf } from '../../dialects/json'
import { valueAt } from '../../dialects/listing'
import { shortened } from '../../dialects/words'
import type { StatusSource } from '../venue'

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
    return shortened(`maintenance, ${state === 'close' ? 'closed' : 'cancelling only'}${words}`)
  }
}
