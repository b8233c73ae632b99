// SPDX-License-Identifier: MIT
// Where a live page hears its server: what comes is shown, flashes, and is told to those who hear the page.

import { useEffect, useMemo, useState } from 'preact/hooks'
import { flash } from '../live/flash.js'
import { Live } from '../live/live.js'
import { News } from '../live/news.js'
import { Session } from '../live/session.js'
import { actions, getState } from '../store.js'

export function LiveRoom() {
  const [told, tell] = useState('')
  const news = useMemo(() => new News(tell), [])
  const session = useMemo(() => {
    return new Session({
      // With the token that the page itself came by.
      url: `events${location.search}`,
      show: actions.show,
      seen: (moment, before) => {
        news.add(moment)
        requestAnimationFrame(() => flash(moment, before, getState().selected))
      },
    })
  }, [news])
  useEffect(() => {
    session.open()
    return () => {
      session.close()
      news.close()
    }
  }, [session, news])
  return <Live session={session} news={told} />
}
