import { readMarket } from '../../src-main/study/microstructure/read-market'
import { capturePath } from './captures'

/** Quotes and trades of a Binance capture, such as `market/binance/usdm_btcusdt_20240808.gz`. */
export const captureMarket = (name: string) => readMarket({ kind: 'captures', paths: [capturePath(name)] })
