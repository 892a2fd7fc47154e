DROP TABLE lending.loans_2025;
