import { behindApiGateway } from '../../shared/http/api-gateway.ts'
import { sessionParts } from '../session-parts.ts'
import { patient } from './domain.ts'

/** Answers the routes of the patient function behind the API. */
export const handler = behindApiGateway(patient(sessionParts('patient')))
