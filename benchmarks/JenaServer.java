// Apache Jena behind HTTP, for tests and benchmarks: ARQ over an in-memory TDB2 data set whose default graph is the union of its graphs,
// at the addresses that Fuseki has, since Debian packages Jena but not Fuseki. Query (SPARQL 1.1 Protocol 2.1) and whole graphs
// (Graph Store HTTP Protocol 5.2 to 5.4), on loopback: java -cp '/usr/share/java/*' JenaServer.java PORT
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryException;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetDescription;
import org.apache.jena.sparql.core.DynamicDatasets;
import org.apache.jena.tdb2.TDB2;
import org.apache.jena.tdb2.TDB2Factory;

public final class JenaServer {
  private static final Dataset DATA = TDB2Factory.createDataset();

  public static void main(String[] arguments) throws IOException {
    DATA.getContext().set(TDB2.symUnionDefaultGraph, true);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext("/", exchange -> send(exchange, 404, "text/plain", "the data set is at /ds".getBytes()));
    server.createContext("/ds", exchange -> answer(exchange, JenaServer::query));
    server.createContext("/ds/data", exchange -> answer(exchange, JenaServer::graph));
    server.start();
  }

  private interface Handler {
    void handle(HttpExchange exchange, Map<String, List<String>> given) throws IOException;
  }

  private static void answer(HttpExchange exchange, Handler handler) throws IOException {
    try {
      Map<String, List<String>> given = new HashMap<>();
      String form = exchange.getRequestHeaders().getFirst("Content-Type");
      read(given, exchange.getRequestURI().getRawQuery());
      if ("application/x-www-form-urlencoded".equals(form)) read(given, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      handler.handle(exchange, given);
    } catch (QueryException error) {
      send(exchange, 400, "text/plain", String.valueOf(error.getMessage()).getBytes(StandardCharsets.UTF_8));
    } catch (RuntimeException error) {
      send(exchange, 500, "text/plain", error.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void query(HttpExchange exchange, Map<String, List<String>> given) throws IOException {
    Query query = QueryFactory.create(given.get("query").get(0));
    DatasetDescription described = DatasetDescription.create(given.getOrDefault("default-graph-uri", List.of()), given.getOrDefault("named-graph-uri", List.of()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String type = "application/sparql-results+json";
    DATA.begin(ReadWrite.READ);
    Dataset asked = described.isEmpty() ? DATA : DynamicDatasets.dynamicDataset(described, DATA, false);
    try (QueryExecution execution = QueryExecutionFactory.create(query, asked)) {
      if (query.isSelectType()) {
        ResultSetFormatter.outputAsJSON(out, execution.execSelect());
      } else if (query.isAskType()) {
        ResultSetFormatter.outputAsJSON(out, execution.execAsk());
      } else {
        type = "application/n-triples";
        RDFDataMgr.write(out, query.isConstructType() ? execution.execConstruct() : execution.execDescribe(), Lang.NTRIPLES);
      }
    } finally {
      DATA.end();
    }
    send(exchange, 200, type, out.toByteArray());
  }

  private static void graph(HttpExchange exchange, Map<String, List<String>> given) throws IOException {
    String name = given.get("graph").get(0);
    boolean reading = exchange.getRequestMethod().equals("GET");
    DATA.begin(reading ? ReadWrite.READ : ReadWrite.WRITE);
    try {
      boolean there = DATA.containsNamedModel(name);
      if (reading) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RDFDataMgr.write(out, DATA.getNamedModel(name), Lang.NTRIPLES);
        send(exchange, there ? 200 : 404, "application/n-triples", out.toByteArray());
        return;
      }
      DATA.removeNamedModel(name);
      if (exchange.getRequestMethod().equals("PUT")) {
        Model model = DATA.getNamedModel(name);
        RDFDataMgr.read(model, exchange.getRequestBody(), Lang.TURTLE);
      }
      DATA.commit();
      send(exchange, there || exchange.getRequestMethod().equals("PUT") ? 204 : 404, "text/plain", new byte[0]);
    } finally {
      DATA.end();
    }
  }

  private static void read(Map<String, List<String>> given, String form) {
    for (String pair : form == null ? new String[0] : form.split("&")) {
      int at = pair.indexOf('=');
      if (at < 0) continue;
      given.computeIfAbsent(URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8), key -> new ArrayList<>())
          .add(URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) exchange.getResponseBody().write(body);
    exchange.close();
  }
}
