-- Every mailbox that was read: no message with signs of phishing lies in it outside junk and trash.
-- The files of the first five are named.
-- Signs only, so a clean mailbox does not decide alone; what people opened is not seen here.
with found as (
  select mailbox, count(*) as messages,
         group_concat(case when nth <= 5 then file || coalesce(' #' || number, '') end, ', ') as files
  from (select *, row_number() over (partition by mailbox order by file, number) as nth
        from mail_finding where kind = 'phishing' and coalesce(place, 'inbox') = 'inbox'
        order by mailbox, file, number)
  group by mailbox)
select b.fact_id as fact, b.mailbox as subject,
       coalesce(f.messages, 0) || coalesce(': ' || f.files, '') ||
         case when f.messages > 5 then ' …' else '' end as observed,
       case when f.messages > 0 then 'fail'
            when coalesce(b.unread_count, 0) > 0 then 'unknown'
            else 'pass' end as result,
       case when f.messages > 0 then 'reason.mail.phishing_kept'
            when coalesce(b.unread_count, 0) > 0 then 'reason.mail.messages_unread' end as reason
from mail_box b left join found f on f.mailbox = b.mailbox
