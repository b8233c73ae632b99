// SPDX-License-Identifier: MIT
// The build of each firmware image, and the protocols that each subsystem speaks.

import type { PageData, VersionsReport } from '../../inspect/page.js'
import { ScrollBox } from '../item/scroll-box.js'
import { visible } from '../item/text.js'

export function Versions({ page }: { page: Pick<PageData, 'versions'> }) {
  const { versions } = page
  if (versions === null) return <p class="fact-none">Not known: the heap cannot be used.</p>
  const { images, protocols, errors } = versions
  return (
    <>
      {errors.map(({ item, code, message }) => (
        <p key={item} class="fact-error">
          Item {item}: {code}: {visible(message)}
        </p>
      ))}
      {images.length + protocols.length === 0 && <p class="fact-none">None are told.</p>}
      <div class="facts-pair">
        {images.length > 0 && <Images images={images} />}
        {protocols.length > 0 && <Protocols protocols={protocols} />}
      </div>
    </>
  )
}

function Images({ images }: Pick<VersionsReport, 'images'>) {
  return (
    <ScrollBox class="fact-wide" label="Firmware images">
      <table class="fact-table">
        <caption>Firmware images</caption>
        <thead>
          <tr>
            <th scope="col">Image</th>
            <th scope="col">Version</th>
            <th scope="col">Variant</th>
            <th scope="col">OEM</th>
          </tr>
        </thead>
        <tbody>
          {images.map(({ item, index, image, name, variant, oem }) => (
            <tr key={`${item} ${index}`}>
              <th scope="row">{image ?? `image ${index}`}</th>
              <td>{visible(name)}</td>
              <td>{visible(variant)}</td>
              <td>{visible(oem)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function Protocols({ protocols }: Pick<VersionsReport, 'protocols'>) {
  return (
    <ScrollBox class="fact-wide" label="Protocols">
      <table class="fact-table">
        <caption>Protocols</caption>
        <thead>
          <tr>
            <th scope="col">Protocol</th>
            <th scope="col">Spoken by</th>
            <th scope="col">Version</th>
          </tr>
        </thead>
        <tbody>
          {protocols.map(({ item, protocol, index, owner, major, minor }) => (
            <tr key={`${item} ${index}`}>
              <th scope="row">{protocol ?? `item ${item}`}</th>
              <td>{owner ?? `word ${index}`}</td>
              <td>
                {major}.{minor}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
