import { itemsInMemory } from './items-in-memory.ts'
import { behavesAsItems } from './shared/items/behaves-as-items.ts'

behavesAsItems(itemsInMemory)
