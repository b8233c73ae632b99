// SPDX-License-Identifier: MIT
// The whole region in one low strip above its picture, with a frame around what the picture shows. The frame can be
// dragged; all else that this does can be done with the picture and its buttons, too.

import { useMemo, useRef } from 'preact/hooks'
import { hostColor } from '../shell/palette.js'
import { isWhole, panned, pixelAt, type View, whole } from './geometry.js'
import { isSevere, type Lanes } from './lanes.js'
import { overview, overviewMarks, PAD } from './plan.js'

interface OverviewProps {
  readonly lanes: Lanes
  readonly size: number
  readonly view: View
  readonly width: number
  readonly move: (change: (from: View) => View) => void
}

/** Of the lines that lead from the frame to the edges of the picture, pixels. */
const FUNNEL = 12
const LEAST = 6

export function Overview({ lanes, size, view, width, move }: OverviewProps) {
  const strip = useRef<SVGSVGElement>(null)
  const all = whole(size)
  const start = pixelAt(all, width, view.start)
  const end = Math.max(pixelAt(all, width, view.end), start + LEAST)
  const bottom = overview.height
  const isZoomed = !isWhole(view, size)

  /** The middle of the view goes where the pointer is. */
  const follow = ({ clientX, buttons }: PointerEvent) => {
    if (buttons !== 1 || !isZoomed) return
    const pixel = clientX - strip.current!.getBoundingClientRect().left - PAD
    const middle = (pixel / width) * size
    move((from) =>
      panned(from, size, (middle - (from.start + from.end) / 2) / (from.end - from.start)),
    )
  }

  return (
    <svg
      ref={strip}
      class={isZoomed ? 'overview zoomed' : 'overview'}
      aria-hidden="true"
      viewBox={`${-PAD} 0 ${width + 2 * PAD} ${bottom + FUNNEL}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        follow(event)
      }}
      onPointerMove={follow}
    >
      <Strip lanes={lanes} size={size} width={width} />
      {isZoomed && (
        <>
          <path
            class="shade"
            d={`M0 0H${start}V${bottom}H0ZM${end} 0H${width}V${bottom}H${end}Z`}
          />
          <path class="funnel" d={`M${start} ${bottom}H${end}L${width} ${bottom + FUNNEL}H0Z`} />
          <rect class="frame" x={start} y={0.75} width={end - start} height={bottom - 1.5} rx={2} />
        </>
      )}
    </svg>
  )
}

/** Does not change while the view moves. */
function Strip({ lanes, size, width }: Pick<OverviewProps, 'lanes' | 'size' | 'width'>) {
  return useMemo(() => {
    const { structures, contents, findings } = overviewMarks(lanes, size, width)
    const { items } = overview
    return (
      <>
        <rect class="ground" x={0} y={0} width={width} height={overview.height} />
        {structures.map(({ x, width: w, spans: [{ kind, host }] }) => (
          <rect
            key={x}
            class={`structure is-${kind}`}
            style={{ '--mark': kind === 'partition' ? hostColor(host) : 'var(--map-plain)' }}
            {...{ x, y: 0, width: w, height: overview.height }}
          />
        ))}
        {contents
          .filter(({ spans: [{ kind }] }) => kind !== 'free')
          .map(({ x, width: w, spans: [{ kind, host }] }) => (
            <rect
              key={x}
              class={`content is-${kind}`}
              style={{ '--mark': kind === 'hole' ? 'var(--map-plain)' : hostColor(host) }}
              {...{ x, y: items.y, width: w, height: items.height }}
            />
          ))}
        {findings.map((mark) => (
          <path
            key={mark.x}
            class={isSevere(mark) ? 'found is-error' : 'found is-warning'}
            d={`M${mark.x - 4} 0H${mark.x + 4}L${mark.x} 7Z`}
          />
        ))}
      </>
    )
  }, [lanes, size, width])
}
