import { expect, test } from 'vitest'
import { readBlocks } from './live-source.ts'

// The examples of the HTML standard, section 9.2 (server-sent events), and frames cut where a network may cut them.
test('reads whole blocks and keeps what is unfinished', () => {
  const text = 'retry: 2000\nid: 7\nevent: ready\ndata: {"seq":"7"}\n\n: \n\nid: 8\nevent: invoice.paid\ndata: {"kind":"invo'
  expect(readBlocks(text)).toEqual({ blocks: [{ id: '7', event: 'ready', data: '{"seq":"7"}' }], rest: 'id: 8\nevent: invoice.paid\ndata: {"kind":"invo' })
})

test('joins the lines of data, takes a value with or without a space, and passes over comments', () => {
  expect(readBlocks('event:add\n: a comment\ndata:one\ndata: two\n\n').blocks).toEqual([{ id: undefined, event: 'add', data: 'one\ntwo' }])
})

test('takes the line ends of other systems, and a heartbeat for nothing', () => {
  expect(readBlocks('id: 1\r\nevent: passed\r\ndata: {}\r\n\r\n: \r\n\r\n')).toEqual({ blocks: [{ id: '1', event: 'passed', data: '{}' }], rest: '' })
})
