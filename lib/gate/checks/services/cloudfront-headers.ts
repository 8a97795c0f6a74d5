import { isTrue } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { atLeast, isGiven, isNoneOf } from '../expectations.ts'
import { type PropertyRow, propertyControls } from '../property-control.ts'
import { hygiene, inTransit, notPublic } from './safeguards.ts'

const type = 'AWS::CloudFront::ResponseHeadersPolicy'
const policy = (part: Readonly<Record<string, unknown>>) => ({ ResponseHeadersPolicyConfig: { Name: 'portal', ...part } })
const security = (part: Readonly<Record<string, unknown>>) => policy({ SecurityHeadersConfig: part })
const cors = (origin: string) =>
  policy({
    CorsConfig: {
      AccessControlAllowCredentials: true,
      AccessControlAllowHeaders: { Items: ['Authorization'] },
      AccessControlAllowMethods: { Items: ['GET'] },
      AccessControlAllowOrigins: { Items: [origin] },
      OriginOverride: true,
    },
  })
const headers = 'ResponseHeadersPolicyConfig.SecurityHeadersConfig'
// A policy for other ends, such as CORS, is not meant to hold these headers.
const securing = { path: headers, expect: isGiven } as const

interface Header extends Pick<PropertyRow, 'id' | 'title' | 'why'> {
  readonly name: string
  readonly value: Readonly<Record<string, unknown>>
}

const header = ({ id, title, why, name, value }: Header): PropertyRow => ({
  ...hygiene,
  id: `cloudfront-response-headers-${id}`,
  title,
  why,
  remedy: `Set SecurityHeadersConfig.${name}.`,
  type,
  path: `${headers}.${name}`,
  expect: isGiven,
  absent: 'fails',
  when: securing,
  passing: security({ [name]: value }),
  failing: security({ XSSProtection: { Override: true, Protection: false } }),
})

const transport = { StrictTransportSecurity: { Override: true, AccessControlMaxAgeSec: 31_536_000 } }

/** Controls on headers that CloudFront adds to answers. */
export const cloudfrontHeaderControls: readonly ResourceControl[] = propertyControls([
  {
    ...inTransit,
    severity: 'low',
    id: 'cloudfront-response-headers-transport-security',
    title: 'Response headers tell browsers to use HTTPS alone for a year',
    why: 'Until a browser was told so, the first request goes out in clear, and an attacker on the way can keep it there.',
    remedy: 'Set SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec to 31536000 or more.',
    type,
    path: `${headers}.StrictTransportSecurity.AccessControlMaxAgeSec`,
    expect: atLeast(31_536_000),
    absent: 'fails',
    when: securing,
    passing: security(transport),
    failing: security({ StrictTransportSecurity: { Override: true, AccessControlMaxAgeSec: 300 } }),
  },
  header({
    id: 'content-security-policy',
    title: 'Response headers say where scripts may come from',
    why: 'Where a script was smuggled into a page, this header keeps it from running or from sending records away.',
    name: 'ContentSecurityPolicy',
    value: { Override: true, ContentSecurityPolicy: "default-src 'self'" },
  }),
  header({
    id: 'frame-options',
    title: 'Response headers keep pages out of foreign frames',
    why: 'In an invisible frame a foreign page makes people click on what they cannot see.',
    name: 'FrameOptions',
    value: { Override: true, FrameOption: 'DENY' },
  }),
  header({
    id: 'content-type-options',
    title: 'Response headers forbid browsers to guess content types',
    why: 'A browser that guesses may run an uploaded picture or document as a script.',
    name: 'ContentTypeOptions',
    value: { Override: true },
  }),
  header({
    id: 'referrer-policy',
    title: 'Response headers limit what links tell of the page before',
    why: 'Addresses of a portal can hold numbers of patients, and foreign websites get them with every link.',
    name: 'ReferrerPolicy',
    value: { Override: true, ReferrerPolicy: 'same-origin' },
  }),
  {
    ...notPublic,
    severity: 'high',
    id: 'cloudfront-response-headers-cors-credentials',
    title: 'Response headers let named websites alone use the session of a viewer',
    why: 'Any website that a signed-in person visits could then read records with their session.',
    remedy: 'Name the websites in CorsConfig.AccessControlAllowOrigins.',
    type,
    path: 'ResponseHeadersPolicyConfig.CorsConfig.AccessControlAllowOrigins.Items.*',
    expect: isNoneOf('*'),
    absent: 'does not apply',
    when: { path: 'ResponseHeadersPolicyConfig.CorsConfig.AccessControlAllowCredentials', expect: isTrue },
    passing: cors('https://portal.example.com'),
    failing: cors('*'),
  },
])
