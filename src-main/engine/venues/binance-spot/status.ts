import { jsonOf } from '../../dialects/json'
import { valueAt } from '../../dialects/listing'
import { shortened } from '../../dialects/words'
import type { StatusSource } from '../venue'

/** `GET /sapi/v1/system/status`, without a key: 0 normal, 1 system maintenance ("Wallet", "System Status"). */
export const status: StatusSource = {
  request: ({ rest }) => ({ url: `${rest}/sapi/v1/system/status`, weight: 1 }),
  read(text) {
    const answer = jsonOf(text)
    const state = valueAt(answer, 'status')
    if (state === 0) return ''
    if (state !== 1) return undefined
    const said = valueAt(answer, 'msg')
    const words = typeof said === 'string' && said !== '' ? `: ${said}` : ''
    return shortened(`maintenance${words}`)
  }
}
