import type { Attributes, Span } from '@opentelemetry/api'
import type { Statement } from '../db/db.ts'
import type { HttpApp } from '../http/routes.ts'

/** Traces of this process. Only made when a collector is named: without one nothing here is loaded. */
export type Tracing = {
  /** A span around some work; what the work does is told as its children. */
  span<T>(name: string, attributes: Attributes, run: () => Promise<T>): Promise<T>
  /** One span for each statement, without its values. */
  statement(statement: Statement): void
  /** One span for each request, named by the template of its route. */
  watch(http: HttpApp): void
  /** Sends what is left. */
  stop(): Promise<void>
}

const SQL_CHARS_MAX = 2_000
const STOP_MS_MAX = 3_000

/** The text of a statement without what might be a value: parameters travel apart, and a literal of ours is masked too. */
export function maskedSql(sql: string): string {
  return sql.replaceAll(/'(?:[^']|'')*'/g, '\'?\'').replaceAll(/\s+/g, ' ').trim().slice(0, SQL_CHARS_MAX)
}

function verbOf(sql: string): string {
  return /^\s*(\w+)/.exec(sql)?.[1]?.toLowerCase() ?? 'statement'
}

type Resource = NonNullable<NonNullable<ConstructorParameters<typeof import('@opentelemetry/sdk-trace-node').NodeTracerProvider>[0]>['resource']>

/** Who sends the spans. */
function resourceOf(attributes: Readonly<Record<string, string>>): Resource {
  const resource: Resource = { attributes, merge: () => resource, getRawAttributes: () => Object.entries(attributes) }
  return resource
}

/** Starts telling a collector what this process does. */
export async function startTracing(about: { readonly endpoint: string; readonly version: string; readonly environment: string }): Promise<Tracing> {
  const [{ context, propagation, SpanKind, SpanStatusCode, trace }, node, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'), import('@opentelemetry/sdk-trace-node'), import('@opentelemetry/exporter-trace-otlp-http'),
  ])
  const provider = new node.NodeTracerProvider({
    resource: resourceOf({ 'service.name': process.env['OTEL_SERVICE_NAME'] || 'quittance', 'service.version': about.version, 'deployment.environment.name': about.environment }),
    spanProcessors: [new node.BatchSpanProcessor(new OTLPTraceExporter({ url: `${about.endpoint}/v1/traces` }), { scheduledDelayMillis: 2_000 })],
  })
  provider.register()
  const tracer = trace.getTracer('quittance', about.version)
  const failed = (span: Span, error: unknown) => { span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' }) }
  return {
    span: async (name, attributes, run) => await tracer.startActiveSpan(name, { attributes }, async (span) => {
      try {
        return await run()
      } catch (error) {
        failed(span, error)
        throw error
      } finally {
        span.end()
      }
    }),
    statement: ({ sql, durationMs, failed: lost }) => {
      // Outside of a request or a job it is the housekeeping of a library: nobody looks for it.
      if (!trace.getActiveSpan()) return
      const end = Date.now()
      const span = tracer.startSpan(`sql ${verbOf(sql)}`, { kind: SpanKind.CLIENT, startTime: end - durationMs, attributes: { 'db.system.name': 'postgresql', 'db.query.text': maskedSql(sql) } })
      if (lost) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(end)
    },
    watch: (http) => {
      const spans = new WeakMap<object, Span>()
      http.addHook('onRequest', (request, _reply, done) => {
        const route = request.routeOptions.url ?? 'unknown'
        const parent = propagation.extract(context.active(), request.headers)
        const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes: { 'http.request.method': request.method, 'http.route': route } }, parent)
        spans.set(request, span)
        context.with(trace.setSpan(parent, span), done)
      })
      http.addHook('onResponse', async (request, reply) => {
        const span = spans.get(request)
        span?.setAttribute('http.response.status_code', reply.statusCode)
        if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR })
        span?.end()
      })
    },
    stop: async () => {
      await Promise.race([provider.shutdown().catch(() => undefined), new Promise((resolve) => { setTimeout(resolve, STOP_MS_MAX).unref() })])
    },
  }
}
