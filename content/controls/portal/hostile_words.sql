-- Every page that was read: none of the words that alone mean a hostile post. Words a person must
-- read in their place, and pages searched without a list of the agency, are unknown.
select fact_id as fact, url as subject, hostile_words as observed,
       case when status in (404, 410) then 'not_applicable'
            when hostile_sure_count > 0 then 'fail'
            when checked_at is null or checked_at > :as_of
              or add_period(checked_at, :max_age) < day_start(:as_of_on) then 'unknown'
            when hostile_sure_count is null or hostile_look_count is null
              or hostile_look_count > 0 then 'unknown'
            else 'pass' end as result,
       case when status in (404, 410) then null
            when hostile_sure_count > 0 then 'reason.network.hostile_words'
            when checked_at is null then 'reason.network.not_dated'
            when checked_at > :as_of then 'reason.date_in_future'
            when add_period(checked_at, :max_age) < day_start(:as_of_on)
            then 'reason.network.checked_long_ago'
            when hostile_sure_count is null and text_sha256 is not null
            then 'reason.network.no_word_list'
            when hostile_sure_count is null or hostile_look_count is null
            then 'reason.network.page_not_read'
            when hostile_look_count > 0 then 'reason.network.words_to_read' end as reason
from portal_page
