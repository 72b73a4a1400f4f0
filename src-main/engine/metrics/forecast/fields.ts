import type { FieldSpec } from '../../../../src-shared/contract/catalogue'
import { horizons } from '../../forecast/horizon'

/** Fields of one horizon, in this order. */
export const fieldsAHorizon = ['up', 'edge', 'n', 'auc', 'gain', 'ece', 'taking', 'placing'] as const

const told: Readonly<Record<(typeof fieldsAHorizon)[number], Omit<FieldSpec, 'id'>>> = {
  up: { title: 'chance of up', unit: 'share', range: [0, 1] },
  edge: { title: 'edge proven', unit: 'share', range: [0, 1] },
  n: { title: 'judged', unit: 'count' },
  auc: { title: 'AUC', unit: 'share', range: [0, 1] },
  gain: { title: 'nats saved, at least', unit: 'number' },
  ece: { title: 'calibration error', unit: 'share', range: [0, 1] },
  taking: { title: 'taking, net', unit: 'bps' },
  placing: { title: 'placing, net', unit: 'bps' }
}

export const fields: readonly FieldSpec[] = horizons.flatMap(({ id, title }) =>
  fieldsAHorizon.map((field) => ({
    ...told[field],
    id: `${id}-${field}`,
    title: `${title}, ${told[field].title}`
  }))
)
