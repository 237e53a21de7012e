import type { JsonObject } from "../../src/decode/json/parse.ts";

const NOON = Date.UTC(2024, 4, 1, 12);

export const SYSMON = "Microsoft-Windows-Sysmon";
export const CHANNEL = "Microsoft-Windows-Sysmon/Operational";
export const XML = `<Event><System><Provider Name="${SYSMON}"/><EventID>1</EventID><EventRecordID>7</EventRecordID><TimeCreated SystemTime="2024-05-01T12:00:00Z"/><Channel>${CHANNEL}</Channel><Computer>pc</Computer></System><EventData><Data Name="Image">C:\\x.exe</Data></EventData></Event>`;

const WINLOGBEAT = {
  "@timestamp": "2024-05-01T12:00:00.000Z",
  winlog: {
    event_id: 1,
    provider_name: SYSMON,
    channel: CHANNEL,
    record_id: 7,
    computer_name: "pc",
    event_data: { Image: "C:\\x.exe" },
  },
};

/** One event, Sysmon 1 of pc at noon with record id 7, as each exporter writes it. */
export const EXPORTS: [string, JsonObject][] = [
  [
    "Security-Datasets",
    {
      EventID: 1,
      SourceName: SYSMON,
      Channel: CHANNEL,
      Hostname: "pc",
      RecordNumber: 7,
      TimeCreated: "2024-05-01T12:00:00.000Z",
      Image: "C:\\x.exe",
    },
  ],
  [
    "NXLog, whose EventTime is local",
    {
      EventID: 1,
      SourceName: SYSMON,
      Channel: CHANNEL,
      Hostname: "pc",
      RecordNumber: 7,
      EventTime: "2024-05-01 14:00:00",
      UtcTime: "2024-05-01 12:00:00.000",
      Image: "C:\\x.exe",
    },
  ],
  [
    "no provider",
    {
      EventID: "1",
      Channel: CHANNEL,
      Computer: "pc",
      EventRecordID: "7",
      "@timestamp": "2024-05-01T12:00:00Z",
      Image: "C:\\x.exe",
    },
  ],
  [
    "Get-WinEvent",
    {
      Id: 1,
      ProviderName: SYSMON,
      LogName: CHANNEL,
      MachineName: "pc",
      RecordId: 7,
      TimeCreated: `/Date(${NOON})/`,
      Message: "Process Create:\r\nUtcTime: 2024-05-01 12:00:00\r\nImage: C:\\x.exe\r\n",
    },
  ],
  [
    "Log Analytics",
    {
      EventID: 1,
      Source: SYSMON,
      EventLog: CHANNEL,
      Computer: "pc",
      EventRecordId: "7",
      TimeGenerated: "2024-05-01T12:00:00Z",
      EventData: '<DataItem type="x"><EventData xmlns="y"><Data Name="Image">C:\\x.exe</Data></EventData></DataItem>',
    },
  ],
  [
    "EvtxECmd",
    {
      EventRecordId: "7",
      RecordNumber: "1",
      EventId: "1",
      Provider: SYSMON,
      Channel: CHANNEL,
      Computer: "pc",
      TimeCreated: "2024-05-01 12:00:00.0000000",
      Payload: JSON.stringify({ EventData: { Data: [{ "@Name": "Image", "#text": "C:\\x.exe" }] } }),
    },
  ],
  [
    "evtx_dump",
    {
      Event: {
        "#attributes": { xmlns: "x" },
        System: {
          Provider: { "#attributes": { Name: SYSMON } },
          EventID: { "#attributes": { Qualifiers: 0 }, "#text": 1 },
          EventRecordID: 7,
          TimeCreated: { "#attributes": { SystemTime: "2024-05-01T12:00:00.000000Z" } },
          Channel: CHANNEL,
          Computer: "pc",
        },
        EventData: { Image: "C:\\x.exe" },
      },
    },
  ],
  [
    "Chainsaw",
    {
      Event: {
        System: {
          Provider_attributes: { Name: SYSMON },
          EventID: 1,
          EventRecordID: 7,
          TimeCreated_attributes: { SystemTime: "2024-05-01T12:00:00Z" },
          Channel: CHANNEL,
          Computer: "pc",
        },
        EventData: { Image: "C:\\x.exe" },
      },
    },
  ],
  [
    "converted XML",
    {
      Event: {
        "@xmlns": "x",
        System: {
          Provider: { "@Name": SYSMON },
          EventID: "1",
          EventRecordID: "7",
          TimeCreated: { "@SystemTime": "2024-05-01T12:00:00Z" },
          Channel: CHANNEL,
          Computer: "pc",
        },
        EventData: { Data: [{ "@Name": "Image", "#text": "C:\\x.exe" }] },
      },
    },
  ],
  [
    "Velociraptor",
    {
      System: {
        Provider: { Name: SYSMON },
        EventID: { Value: 1 },
        EventRecordID: 7,
        TimeCreated: { SystemTime: NOON / 1000 },
        Channel: CHANNEL,
        Computer: "pc",
      },
      EventData: { Image: "C:\\x.exe" },
    },
  ],
  ["Winlogbeat", WINLOGBEAT],
  [
    "Winlogbeat, dotted",
    {
      "@timestamp": "2024-05-01T12:00:00.000Z",
      "winlog.event_id": "1",
      "winlog.provider_name": SYSMON,
      "winlog.channel": CHANNEL,
      "winlog.record_id": "7",
      "winlog.computer_name": "pc",
      "winlog.event_data.Image": "C:\\x.exe",
    },
  ],
  [
    "Winlogbeat 6",
    {
      "@timestamp": "2024-05-01T12:00:00.000Z",
      event_id: 1,
      source_name: SYSMON,
      log_name: CHANNEL,
      record_number: "7",
      computer_name: "pc",
      event_data: { Image: "C:\\x.exe" },
    },
  ],
  [
    "Wazuh",
    {
      timestamp: "x",
      data: {
        win: {
          system: {
            eventID: "1",
            providerName: SYSMON,
            channel: CHANNEL,
            eventRecordID: "7",
            computer: "pc",
            systemTime: "2024-05-01T12:00:00Z",
          },
          eventdata: { image: "C:\\x.exe" },
        },
      },
    },
  ],
  [
    "OpenTelemetry",
    {
      event_id: { id: 1 },
      provider: { name: SYSMON },
      channel: CHANNEL,
      computer: "pc",
      record_id: 7,
      system_time: "2024-05-01T12:00:00Z",
      event_data: { data: [{ Image: "C:\\x.exe" }] },
    },
  ],
  ["Splunk's collector", { time: 1, sourcetype: "x", event: WINLOGBEAT }],
  ["Elasticsearch hit", { _index: "i", _source: WINLOGBEAT }],
  ["Splunk, XML", { preview: false, result: { _raw: XML, _time: "x", host: "other" } }],
  [
    "Splunk, fields",
    {
      preview: false,
      offset: 1,
      result: {
        EventCode: "1",
        SourceName: SYSMON,
        LogName: CHANNEL,
        ComputerName: "pc",
        RecordNumber: "7",
        _time: "2024-05-01T12:00:00.000+0000",
        Image: "C:\\x.exe",
      },
    },
  ],
  [
    "Splunk, fields without a channel",
    {
      preview: false,
      result: {
        EventCode: "1",
        source: `XmlWinEventLog:${CHANNEL}`,
        Computer: "pc",
        RecordID: "7",
        _time: "2024-05-01T12:00:00.000+00:00",
        Image: "C:\\x.exe",
      },
    },
  ],
  [
    "Splunk, text",
    {
      result: {
        _raw: `05/01/2024 12:00:00 PM\nLogName=${CHANNEL}\nSourceName=${SYSMON}\nEventCode=1\nComputerName=pc\nRecordNumber=7\nMessage=Process Create:\nUtcTime: 2024-05-01 12:00:00\nImage: C:\\x.exe`,
        _time: "2024-05-01T12:00:00Z",
      },
      lastrow: true,
    },
  ],
  [
    "JSON in Splunk",
    {
      result: {
        _raw: JSON.stringify({
          Event: {
            System: {
              Provider: { Name: SYSMON },
              EventID: 1,
              EventRecordID: 7,
              TimeCreated: { SystemTime: "2024-05-01T12:00:00Z" },
              Channel: CHANNEL,
              Computer: "pc",
            },
            EventData: { Image: "C:\\x.exe" },
          },
        }),
      },
      offset: 0,
    },
  ],
];
