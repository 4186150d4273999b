-- Every shift that touches a window of the order: a phone number one can dial ("chưa có" is none), and
-- an end after its beginning. Digits are counted: people write numbers in many ways. A shift
-- that is over can be called no more: it has a reason of its own.
with shift as (
  select s.fact_id, s.person, s.from_at, s.to_at,
         max(coalesce(s.from_at, s.to_at, 0), coalesce(s.to_at, s.from_at, 0)) < day_start(:as_of_on)
           as over,
         length(phone) - length(
           replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
             phone, '0', ''), '1', ''), '2', ''), '3', ''), '4', ''), '5', ''), '6', ''), '7', ''),
             '8', ''), '9', '')) as digits
  from duty_shift s
  where exists (select 1 from watch_window w
                where w.dispatch = :dispatch
                      and min(coalesce(s.from_at, s.to_at, 0), coalesce(s.to_at, s.from_at, 0))
                          <= day_end(w.to_on)
                      and max(coalesce(s.to_at, day_end(w.to_on)), coalesce(s.from_at, 0))
                          >= day_start(w.from_on)))
select fact_id as fact, coalesce(person, '?') as subject, local_time(coalesce(from_at, to_at)) as observed,
       case when to_at <= from_at or coalesce(digits, 0) < 9 then 'fail'
            when person is null or from_at is null or to_at is null then 'unknown'
            else 'pass' end as result,
       case when over and (to_at <= from_at or coalesce(digits, 0) < 9)
            then 'reason.register.shift_was_unreachable'
            when to_at <= from_at then 'reason.register.shift_backwards'
            when coalesce(digits, 0) = 0 then 'reason.register.no_phone'
            when digits < 9 then 'reason.register.phone_short'
            when person is null or from_at is null or to_at is null
            then 'reason.register.shift_unread' end as reason
from shift
