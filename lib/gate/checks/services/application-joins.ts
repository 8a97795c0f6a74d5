import type { Joined } from '../across-types.ts'

/** Controls of functions, APIs, messages and events that ask the same of several types, and count as one. */
export const applicationJoins: readonly Joined[] = [
  {
    id: 'apigateway-access-logging',
    title: 'Stages of APIs log every request',
    of: ['apigateway-stage-access-logging', 'apigatewayv2-stage-access-logging'],
  },
  {
    id: 'apigateway-execution-logging',
    title: 'Stages of APIs log how requests are carried out',
    of: ['apigateway-stage-execution-logging', 'apigatewayv2-stage-execution-logging'],
  },
  {
    id: 'apigateway-metrics',
    title: 'Stages of APIs give metrics of each method or route',
    of: ['apigateway-stage-metrics', 'apigatewayv2-stage-metrics'],
  },
  {
    id: 'apigateway-data-trace-off',
    title: 'Stages of APIs keep the contents of requests out of the log',
    of: ['apigateway-stage-data-trace-off', 'apigatewayv2-stage-data-trace-off'],
  },
  {
    id: 'apigateway-throttling',
    title: 'Stages of APIs limit the rate of requests',
    of: ['apigateway-stage-throttling', 'apigatewayv2-stage-throttling'],
  },
  {
    id: 'apigateway-authorization',
    title: 'Methods and routes of APIs ask callers who they are',
    of: ['apigateway-method-authorization', 'apigatewayv2-route-authorization'],
  },
  {
    id: 'apigateway-definition-authorization',
    title: 'Definitions of APIs ask callers of every operation who they are',
    of: ['apigateway-rest-api-definition-authorization', 'apigatewayv2-api-definition-authorization'],
  },
  {
    id: 'apigateway-integration-encrypted',
    title: 'APIs call HTTP backends over TLS',
    of: ['apigateway-integration-encrypted', 'apigatewayv2-integration-encrypted'],
  },
  {
    id: 'apigateway-domain-name-tls',
    title: 'Domain names of APIs take TLS 1.2 or newer',
    of: ['apigateway-domain-name-tls', 'apigatewayv2-domain-name-tls'],
  },
  {
    id: 'apigateway-cors-origins',
    title: 'APIs answer only named origins',
    of: ['apigatewayv2-api-cors-origins', 'apigateway-method-cors-origins'],
  },
  {
    id: 'apigateway-own-domain-only',
    title: 'APIs answer under their own domain name only',
    of: ['apigateway-rest-api-own-domain-only', 'apigatewayv2-api-own-domain-only'],
  },
  {
    id: 'appsync-no-api-key',
    title: 'APIs of AppSync do not let callers in by an API key',
    of: ['appsync-graphql-api-no-api-key', 'appsync-event-api-no-api-key'],
  },
  {
    id: 'sns-subscription-encrypted',
    title: 'SNS delivers messages over TLS',
    of: ['sns-subscription-encrypted', 'sns-topic-subscription-encrypted'],
  },
  {
    id: 'events-customer-key',
    title: "Event buses, archives and connections of EventBridge are encrypted with a customer's key",
    of: ['events-bus-customer-key', 'events-archive-customer-key', 'events-connection-customer-key'],
  },
  {
    id: 'stepfunctions-customer-key',
    title: "State machines and activities are encrypted with a customer's key",
    of: ['stepfunctions-state-machine-customer-key', 'stepfunctions-activity-customer-key'],
  },
]
