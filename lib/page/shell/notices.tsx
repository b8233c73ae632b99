// SPDX-License-Identifier: MIT
// What a reader must know before the rest: why the heap cannot be opened, what the source warns of, and that a snapshot
// is torn.

import { visible } from '../item/text.js'
import { useStore } from '../store.js'

export function Notices() {
  const { problem, warnings, info } = useStore((state) => state.page)
  const torn = info.captured?.torn === true
  return (
    <>
      {problem !== null && (
        <div class="notice error">
          <p>
            <strong>No driver would open this heap.</strong> {visible(problem.code)}:{' '}
            {visible(problem.message)}
          </p>
          {problem.hint !== null && <p>{visible(problem.hint)}</p>}
        </div>
      )}
      {warnings.map((warning) => (
        <div class="notice" key={warning}>
          <p>{visible(warning)}</p>
        </div>
      ))}
      {torn && (
        <div class="notice">
          <p>This snapshot is torn: the heap changed while it was taken.</p>
        </div>
      )}
    </>
  )
}
