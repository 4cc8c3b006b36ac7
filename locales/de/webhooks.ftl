## Webhooks: wohin sie senden und mit wessen Rechten

webhook-owner = Sendet mit den Rechten von
webhook-is-paused = pausiert
webhook-paused = Er sendet nichts: Der Benutzer oder das Token, dessen Rechte er hat, besteht nicht mehr, ist gesperrt oder hat nicht mehr die Rolle Inhaber. Wartende Ereignisse bleiben erhalten. Speichern Sie den Webhook, um ihn zu übernehmen; dann werden sie gesendet.
webhook-paused-warning = Der Webhook { $webhook } sendet nichts: Der Benutzer oder das Token, dessen Rechte er hat, besteht nicht mehr, ist gesperrt oder hat nicht mehr die Rolle Inhaber.
failure-out-of-reach = An { $name } wird nichts gesendet. Link-lokale Adressen und Metadatenadressen werden abgelehnt, private auch, außer wenn der Inhaber des Webhooks alle Apps sehen darf; --allow-webhook-to gibt ein Netz frei.
failure-no-answer = Der Empfänger hat nicht geantwortet. Prüfen Sie seine Adresse; Webhooks von Inhabern, die auf einige Apps beschränkt sind, werden nur an öffentliche Adressen gesendet.
failure-ended = Der Webhook wurde geändert, bevor dies gesendet wurde.
failure-not-allowed = Der Inhaber des Webhooks darf diese App nicht mehr sehen.
access-delivery_retried = { $actor } hat eine Zustellung des Webhooks { $subject } erneut gesendet
access-action-delivery_retried = Zustellung erneut gesendet
rule-is-paused = pausiert
