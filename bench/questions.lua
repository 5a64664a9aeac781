-- wrk script: asks the questions of a file in turn. Arguments: the file, one query string per line; the path to ask; which line to begin with.
-- Prints one line of JSON at the end.
local requests = {}
local next = 0

function init(args)
  for query in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", args[2] .. "?" .. query)
  end
  next = tonumber(args[3] or "0")
end

function request()
  next = next % #requests + 1
  return requests[next]
end

function done(summary, latency, _)
  local e = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%.6f,"bytes":%d,"errors":%d,"p50":%.3f,"p99":%.3f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
