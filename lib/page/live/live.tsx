// SPDX-License-Identifier: MIT
// The part of the page that only the live one has: its condition, the viewer's controls, charts, and news for those
// who hear the page.

import { useEffect, useState } from 'preact/hooks'
import { Charts } from './charts.js'
import { ConditionLine, LostBanner } from './condition.js'
import { Controls } from './controls.js'
import './live.css'
import type { LiveState, Session } from './session.js'

export interface LiveProps {
  readonly session: Session
  /** The last news, for people who hear the page. */
  readonly news: string
}

export function Live({ session, news }: LiveProps) {
  const state = useSession(session)
  return (
    <section class="live" aria-label="Live">
      <LostBanner session={session} state={state} />
      <div class="live-bar">
        <ConditionLine state={state} />
        <Controls session={session} state={state} />
      </div>
      <p class="live-news" aria-live="polite">
        {news}
      </p>
      <Charts points={session.series.points} />
    </section>
  )
}

function useSession(session: Session): LiveState {
  const [state, setState] = useState(session.state)
  useEffect(() => {
    const leave = session.subscribe(() => setState(session.state))
    const timer = window.setInterval(() => session.tick(), 1000)
    return () => {
      leave()
      window.clearInterval(timer)
    }
  }, [session])
  return state
}
