{{- define "parley.name" -}}
{{- printf "%s" .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "parley.selector" -}}
app.kubernetes.io/name: parley
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "parley.labels" -}}
{{ include "parley.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "parley.image" -}}
{{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) }}
{{- end -}}

{{- define "parley.secret" -}}
{{ .Values.existingSecret | default (include "parley.name" .) }}
{{- end -}}

{{/* What every container of ours gets: it writes to its volumes only, as an account without rights. */}}
{{- define "parley.confined" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "parley.unprivileged" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "parley.connections" -}}
- name: DATABASE_URL
  valueFrom: {secretKeyRef: {name: {{ include "parley.secret" . }}, key: database-url}}
- name: REDIS_URL
  valueFrom: {secretKeyRef: {name: {{ include "parley.secret" . }}, key: redis-url}}
- name: PARLEY_SECRET_KEY
  valueFrom: {secretKeyRef: {name: {{ include "parley.secret" . }}, key: secret-key}}
{{- end -}}
