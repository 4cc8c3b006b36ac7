## Webhooks: wohin sie senden und mit wessen Rechten

webhook-owner = Sendet, was sehen darf
webhook-is-paused = angehalten
webhook-paused = Er sendet nichts: Wem er gehörte, ist kein Besitzer mehr. Was wartet, bleibt erhalten. Speichern Sie ihn, dann gehört er Ihnen, und was wartet, wird gesendet.
webhook-paused-warning = Der Webhook { $webhook } sendet nichts: Wem er gehörte, ist kein Besitzer mehr.
failure-out-of-reach = An { $name } wird nichts gesendet. Link-lokale Adressen und Metadatenadressen werden abgelehnt, private auch, außer wenn der Besitzer des Webhooks alle Apps sehen darf; --allow-webhook-to öffnet ein Netz.
failure-no-answer = Der Empfänger hat nicht geantwortet. Prüfen Sie seine Adresse; Webhooks von Besitzern, die auf einige Apps beschränkt sind, werden nur an öffentliche Adressen gesendet.
failure-ended = Der Webhook wurde geändert, bevor dies gesendet war.
failure-not-allowed = Der Besitzer des Webhooks darf diese App nicht mehr sehen.
access-delivery_retried = { $actor } hat eine Zustellung des Webhooks { $subject } erneut gesendet
access-action-delivery_retried = Zustellung erneut gesendet
rule-is-paused = angehalten
rule-paused = Sie lässt niemanden zu: Wem sie gehörte, ist kein Besitzer mehr. Speichern Sie sie, dann gehört sie Ihnen und lässt zu, wer von da an kommt.
