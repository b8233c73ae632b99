// SPDX-License-Identifier: MIT
// Whether what is on the screen is now: live, paused, or lost, and then what was lost and what happens next.

import { clock } from './controls.js'
import type { LiveState, Session } from './session.js'

type Condition = 'connecting' | 'live' | 'paused' | 'lost'

function conditionOf({ connection, source, paused, shown }: LiveState): Condition {
  if (connection === 'lost' || source.state === 'lost') return 'lost'
  if (paused) return 'paused'
  return shown === null ? 'connecting' : 'live'
}

const words: Record<Condition, string> = {
  connecting: 'Connecting',
  live: 'Live',
  paused: 'Paused',
  lost: 'Lost',
}

export function ConditionLine({ state }: { readonly state: LiveState }) {
  const condition = conditionOf(state)
  const { shown, newest, paused } = state
  const behind = paused && shown !== null && newest !== null ? newest.serial - shown.serial : 0
  return (
    <p class="live-condition" data-condition={condition}>
      <strong role="status">{words[condition]}</strong>
      {shown !== null && <time dateTime={shown.page.time}>{clock(shown.page)}</time>}
      {behind > 0 && <span>{behind === 1 ? '1 change since' : `${behind} changes since`}</span>}
    </p>
  )
}

export function LostBanner({ session, state }: { session: Session; state: LiveState }) {
  const { connection, source, shown } = state
  if (connection !== 'lost' && source.state === 'ok') return null
  const since = shown === null ? '' : ` What you see is of ${clock(shown.page)}.`
  return (
    <div class="live-banner">
      <p role="alert">
        {connection === 'lost'
          ? `The server does not answer.${since} It is asked again and again; if it was started anew with another token, open the address that it printed.`
          : `The memory cannot be read: ${source.message ?? 'no reason was given'}.${since} The page goes on by itself when it is back.`}
      </p>
      {connection === 'lost' && (
        <button type="button" onClick={() => session.open()}>
          Try now
        </button>
      )}
    </div>
  )
}
