import { dataKeyCache } from '../../../lambda/shared/vault/data-key-cache.ts'
import { vault } from '../../../lambda/shared/vault/vault.ts'
import { itemsInMemory } from '../../lambda/items-in-memory.ts'
import { keysInMemory } from '../../lambda/keys-in-memory.ts'
import { nameOf, record, type Way } from './way.ts'

const ours = vault({ items: itemsInMemory(), keys: keysInMemory(), cache: dataKeyCache(), holder: 'bench' })

/** The vault as the functions use it. */
export const vaultWay: Way = {
  name: 'Safe Harbor vault',
  records: 300,
  seal: (turn) => ours.seal(nameOf(turn), record),
  open: (turn, sealed) => ours.open(nameOf(turn), sealed),
}
