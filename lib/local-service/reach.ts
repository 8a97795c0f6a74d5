import type { ItemKey, Items, Range, Write } from '../../lambda/shared/items/items.ts'

/** What is done with an item: the item actions of DynamoDB. */
export type Action = 'get' | 'query' | 'put' | 'remove' | 'check'

/** A partition, and for a query the attributes it asks for. */
export type Reached = Pick<Range, 'table' | 'pk' | 'attributes'>

/** Whether somebody may do this with an item of this partition, as the policies of roles say by actions, `dynamodb:LeadingKeys` and `dynamodb:Attributes`. */
export type Reach = (action: Action, reached: Reached) => boolean

/** Somebody reached for what is not theirs. Its name is the one DynamoDB and KMS use. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDeniedException'
}

/** Tables as one role reaches them; everything else is denied, and a write of which one part is denied does not happen. */
export function itemsWithin(items: Items, reach: Reach): Items {
  const require = (action: Action, reached: Reached): void => {
    if (!reach(action, reached)) throw new AccessDenied('This role does not reach there.')
  }
  return {
    get: async (key) => {
      require('get', key)
      return items.get(key)
    },
    query: async (range) => {
      require('query', range)
      return items.query(range)
    },
    write: async (parts) => {
      for (const part of parts) require(...doneBy(part))
      return items.write(parts)
    },
  }
}

function doneBy(part: Write): [Action, ItemKey] {
  if ('put' in part) return ['put', part.put]
  return 'remove' in part ? ['remove', part.remove] : ['check', part.check]
}
