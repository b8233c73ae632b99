// SPDX-License-Identifier: MIT
// What the viewer can do with time: pause it, step through the last minutes, and keep what is on the screen.

import type { PageData } from '../../inspect/page.js'
import type { LiveState, Session } from './session.js'

export function Controls({ session, state }: { session: Session; state: LiveState }) {
  const { paused, shown, oldest, newest } = state
  if (shown === null || oldest === null || newest === null) return null
  const first = Math.min(oldest.serial, shown.serial)
  return (
    <fieldset class="live-controls">
      <legend>Time</legend>
      {paused ? (
        <button type="button" onClick={() => session.resume()}>
          Back to live
        </button>
      ) : (
        <button type="button" onClick={() => session.pause()}>
          Pause
        </button>
      )}
      <button type="button" aria-disabled={shown.serial <= first} onClick={() => session.step(-1)}>
        Step back
      </button>
      <button
        type="button"
        aria-disabled={shown.serial >= newest.serial}
        onClick={() => session.step(1)}
      >
        Step forward
      </button>
      <label>
        Moment
        <input
          type="range"
          min={first}
          max={newest.serial}
          value={shown.serial}
          aria-valuetext={clock(shown.page)}
          onInput={({ currentTarget }) => session.seek(Number(currentTarget.value))}
        />
      </label>
      <Save paused={paused} page={shown.page} />
    </fieldset>
  )
}

/** Of now the memory itself, from the server; of another moment what the page knows. */
function Save({ paused, page }: { paused: boolean; page: PageData }) {
  if (!paused) {
    return (
      <a href={`snapshot${window.location.search}`} download="">
        Save a snapshot
      </a>
    )
  }
  return (
    <button type="button" onClick={() => save(page)}>
      Save what is shown (JSON)
    </button>
  )
}

function save(page: PageData): void {
  const text = JSON.stringify(page, null, 2)
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `smem-${page.time.replaceAll(/[^0-9TZ]/g, '')}.json`
  link.click()
  // The download has begun by then.
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Time of day of a page. */
export function clock({ time }: Pick<PageData, 'time'>): string {
  const date = new Date(time)
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0')
  return `${date.toLocaleTimeString('en-GB')}.${milliseconds}`
}
