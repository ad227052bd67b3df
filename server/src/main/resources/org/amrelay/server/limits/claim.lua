-- SPDX-License-Identifier: Apache-2.0
-- Counts all claims of an event or, when there is no room for one of them, none: as MemoryLimits does.
-- KEYS: three for each claim: the count itself, then newcomers and known recipients (only new-recipients uses those)
-- ARGV: now in ms, then for each claim: kind (sum, distinct, new), length in ms, slice in ms, slices, most, amount,
--       member, how long known recipients are kept in ms
-- Answers the number of the claim that has no room and the time in ms when it may have; 0 when all are counted
local now = tonumber(ARGV[1])
local FIELDS = 8
local BASELINE, LEAST, MOST_KNOWN = 20, 20, 10000

local function claim_at(number)
  local a = 1 + (number - 1) * FIELDS
  local k = (number - 1) * 3
  return {
    kind = ARGV[a + 1], length = tonumber(ARGV[a + 2]), width = tonumber(ARGV[a + 3]), slices = tonumber(ARGV[a + 4]),
    most = tonumber(ARGV[a + 5]), amount = tonumber(ARGV[a + 6]), member = ARGV[a + 7], keep = ARGV[a + 8],
    count = KEYS[k + 1], newcomers = KEYS[k + 2], known = KEYS[k + 3],
  }
end

local function whole(number)
  return string.format('%.0f', number)
end

-- What is in the window, by slice, and its sum; what has left it is removed
local function slices(key, c)
  local newest = math.floor(now / c.width)
  local flat = redis.call('HGETALL', key)
  local found, sum = {}, 0
  for i = 1, #flat, 2 do
    local index = tonumber(flat[i])
    if index <= newest - c.slices then
      redis.call('HDEL', key, flat[i])
    else
      found[index] = tonumber(flat[i + 1])
      sum = sum + found[index]
    end
  end
  return found, sum, newest
end

local function room(key, c, amount, most)
  local found, left, newest = slices(key, c)
  local index = newest - c.slices + 1
  while index < newest and left + amount > most do
    left = left - (found[index] or 0)
    index = index + 1
  end
  local leaves = left + amount > most and newest or index - 1
  return (leaves + c.slices) * c.width
end

local function add(key, c, amount)
  redis.call('HINCRBY', key, whole(math.floor(now / c.width)), whole(amount))
  redis.call('PEXPIRE', key, whole(c.width * (c.slices + 1)))
end

local object = {}

function object.sum(c)
  local _, sum = slices(c.count, c)
  return sum + c.amount > c.most and room(c.count, c, c.amount, c.most)
end

function object.distinct(c)
  local sliding = c.slices > 1
  local start = math.floor(now / c.length) * c.length
  redis.call('ZREMRANGEBYSCORE', c.count, '-inf', sliding and whole(now - c.length) or '(' .. whole(start))
  if redis.call('ZSCORE', c.count, c.member) or redis.call('ZCARD', c.count) < c.most then
    return false
  end
  return sliding and tonumber(redis.call('ZRANGE', c.count, 0, 0, 'WITHSCORES')[2]) + c.length or start + c.length
end

function object.new(c)
  if redis.call('ZSCORE', c.known, c.member) then
    return false
  end
  local _, all = slices(c.count, c)
  local _, fresh = slices(c.newcomers, c)
  if all + 1 < LEAST or (fresh + 1) * 100 <= c.most * (all + 1) then
    return false
  end
  local past = redis.call('ZRANGE', c.known, BASELINE - 1, BASELINE - 1, 'WITHSCORES')[2]
  return past and now - tonumber(past) >= c.length and room(c.newcomers, c, 1, fresh)
end

local keep = {}

function keep.sum(c)
  add(c.count, c, c.amount)
end

function keep.distinct(c)
  redis.call('ZADD', c.count, whole(now), c.member)
  redis.call('PEXPIRE', c.count, whole(c.length))
end

function keep.new(c)
  add(c.count, c, 1)
  if redis.call('ZADD', c.known, 'NX', whole(now), c.member) == 1 then
    add(c.newcomers, c, 1)
    if redis.call('ZCARD', c.known) > MOST_KNOWN then
      redis.call('ZREMRANGEBYRANK', c.known, 0, 0)
    end
  end
  redis.call('PEXPIRE', c.known, c.keep)
end

local claims = (#ARGV - 1) / FIELDS
for number = 1, claims do
  local c = claim_at(number)
  local free = object[c.kind](c)
  if free then
    return {number, whole(free)}
  end
end
for number = 1, claims do
  local c = claim_at(number)
  keep[c.kind](c)
end
return {0, '0'}
